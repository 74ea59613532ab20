package dev.genfleet.event;

import java.util.Objects;

/**
 * One output of a job, as stored.
 *
 * @param index position among the job's outputs, from 0
 * @param key object key in the outputs bucket
 * @param contentType media type
 * @param bytes size of the object
 * @param sha256 SHA-256 of the object, hexadecimal
 * @param width pixels
 * @param height pixels
 * @param seed seed that gives this output alone
 */
public record Artifact(
        int index, String key, String contentType, long bytes, String sha256, int width, int height, long seed) {
    public Artifact {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(contentType, "content_type");
        Objects.requireNonNull(sha256, "sha256");
        if (index < 0 || bytes < 0) {
            throw new IllegalArgumentException(
                    "artifact has index " + index + " and " + bytes + " bytes, but neither may be negative");
        }
    }
}
