package dev.genfleet.worker.checkpoint;

import dev.genfleet.job.GenerationSpec;
import dev.genfleet.wire.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a checkpoint must fit to be of any use.
 *
 * @param modelDigest of the model package
 * @param specSha256 SHA-256 of the spec's JSON, hexadecimal
 */
record Fit(String modelDigest, String specSha256) {

    private static final int KEY_DIGITS = 16;

    Fit {
        if (!specSha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "spec_sha256 is '" + specSha256 + "', but must be 64 hexadecimal digits");
        }
    }

    static Fit of(GenerationSpec spec) {
        return new Fit(spec.modelDigest(), HexFormat.of().formatHex(sha256(Json.write(spec))));
    }

    /** The same for checkpoints that fit the same, in this version of the format; the spec names the model. */
    String key() {
        return "v" + CheckpointFormat.VERSION + "-" + specSha256.substring(0, KEY_DIGITS);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
