package dev.genfleet.event;

import java.util.Objects;
import java.util.Optional;

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
 * @param video of videos
 */
public record Artifact(
        int index,
        String key,
        String contentType,
        long bytes,
        String sha256,
        int width,
        int height,
        long seed,
        Optional<Video> video) {
    public Artifact {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(contentType, "content_type");
        Objects.requireNonNull(sha256, "sha256");
        video = video == null ? Optional.empty() : video;
        if (index < 0 || bytes < 0) {
            throw new IllegalArgumentException(
                    "artifact has index " + index + " and " + bytes + " bytes, but neither may be negative");
        }
    }

    /** A picture. */
    public Artifact(
            int index, String key, String contentType, long bytes, String sha256, int width, int height, long seed) {
        this(index, key, contentType, bytes, sha256, width, height, seed, Optional.empty());
    }

    /**
     * What a video has besides.
     *
     * @param frames how many
     * @param fps frames per second
     * @param posterKey object key of the first frame as a PNG picture
     */
    public record Video(int frames, int fps, String posterKey) {
        public Video {
            Objects.requireNonNull(posterKey, "poster_key");
            if (frames < 1 || fps < 1) {
                throw new IllegalArgumentException(
                        "artifact has " + frames + " frames and fps " + fps + ", but both must be at least 1");
            }
        }
    }
}
