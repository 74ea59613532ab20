package dev.genfleet.importer.pixart;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.adalnsingle.AdaLnSingleInference;
import dev.genfleet.importer.adalnsingle.AdaLnSingleShape;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;

/** A PixArt from its tensors' shapes and {@code config.json}, whose fields may be absent or null as in diffusers. */
record PixArtInference(Checkpoint checkpoint, JsonNode config) {

    private static final String SCALE = "interpolation_scale";
    private static final String CONDITIONS = "use_additional_conditions";

    /** Cells a side of the one published PixArt with micro-conditions, PixArt-α at 1024 pixels. */
    private static final int CONDITIONED_SAMPLE_SIZE = 128;

    PixArtArchitecture architecture() throws CheckpointException {
        AdaLnSingleInference inference = new AdaLnSingleInference("PixArt", checkpoint, config);
        int sampleSize = inference.sampleSize();
        AdaLnSingleShape shape = inference.shape(interpolationScale(sampleSize));
        MicroConditions conditions = conditions(sampleSize);
        try {
            return new PixArtArchitecture(shape, conditions, tokens());
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(
                    checkpoint.file() + " with its config.json is no PixArt: " + e.getMessage(), e);
        }
    }

    /** What diffusers takes a PixArt of that size to have whose configuration does not say. */
    static MicroConditions usualConditions(int sampleSize) {
        return sampleSize == CONDITIONED_SAMPLE_SIZE
                ? MicroConditions.RESOLUTION_AND_ASPECT_RATIO
                : MicroConditions.NONE;
    }

    private double interpolationScale(int sampleSize) throws CheckpointException {
        JsonNode given = config.path(SCALE);
        if (!config.hasNonNull(SCALE)) {
            return AdaLnSingleShape.usualInterpolationScale(sampleSize);
        }
        if (!given.isNumber() || !(given.asDouble() > 0)) {
            throw refused(SCALE, given, "a positive number");
        }
        return given.asDouble();
    }

    private MicroConditions conditions(int sampleSize) throws CheckpointException {
        JsonNode given = config.path(CONDITIONS);
        if (!config.hasNonNull(CONDITIONS)) {
            return usualConditions(sampleSize);
        }
        if (!given.isBoolean()) {
            throw refused(CONDITIONS, given, "true or false");
        }
        return given.asBoolean() ? MicroConditions.RESOLUTION_AND_ASPECT_RATIO : MicroConditions.NONE;
    }

    /**
     * Nothing in a transformer's folder says how long captions are. Those of PixArt-Σ carry an explicit {@code
     * use_additional_conditions} of false or, at 2048 pixels and above, no other is published; those of PixArt-α were written
     * before that field existed. The graph takes captions of either length.
     */
    private int tokens() {
        boolean withoutConditions =
                config.path(CONDITIONS).isBoolean() && !config.path(CONDITIONS).asBoolean();
        boolean beyondAlpha = config.path("sample_size").asInt() > CONDITIONED_SAMPLE_SIZE;
        return withoutConditions || beyondAlpha ? PixArtArchitecture.SIGMA_TOKENS : PixArtArchitecture.ALPHA_TOKENS;
    }

    private CheckpointException refused(String field, JsonNode given, String allowed) {
        return new CheckpointException(
                field + " in config.json beside " + checkpoint.file() + " is " + given + ", but must be " + allowed);
    }
}
