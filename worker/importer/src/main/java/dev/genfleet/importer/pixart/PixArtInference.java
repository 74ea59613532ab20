package dev.genfleet.importer.pixart;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.adalnsingle.AdaLnSingleInference;
import dev.genfleet.importer.adalnsingle.AdaLnSingleShape;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import java.util.OptionalInt;

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
            return new PixArtArchitecture(shape, conditions, tokens(inference));
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
     * Where the checkpoint does not show it, the configuration tells PixArt-Σ with its longer captions from PixArt-α: an explicit
     * {@code use_additional_conditions} of false is of Σ, since the published α were written before that field existed, and so is
     * whatever was trained on more than 1024 pixels. The graph takes captions of any length.
     */
    private int tokens(AdaLnSingleInference inference) throws CheckpointException {
        OptionalInt shown = inference.captionTokens();
        if (shown.isPresent()) {
            return shown.getAsInt();
        }
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
