package dev.genfleet.importer.latte;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.adalnsingle.AdaLnSingleInference;
import dev.genfleet.importer.adalnsingle.AdaLnSingleShape;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.family.DenoiserFamily;

/** Recognises Latte checkpoints, of diffusers and of Latte's own repository, which have the same keys. */
public final class LatteFamily implements DenoiserFamily {

    public static final String NAME = "latte";

    private static final int USUAL_LENGTH = 16;
    private static final int LONGEST = 1024;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean claims(Checkpoint checkpoint, JsonNode config) {
        return checkpoint
                        .find("temporal_transformer_blocks.0.scale_shift_table")
                        .isPresent()
                && checkpoint.find("pos_embed.proj.weight").isPresent();
    }

    /**
     * {@inheritDoc} Heads, the trained size and the number of frames are taken from {@code config}, with diffusers' defaults; an
     * {@code enable_temporal_attentions} of false there, which is an argument of diffusers' forward, leaves the temporal blocks
     * out.
     */
    @Override
    public LatteArchitecture read(Checkpoint checkpoint, JsonNode config) throws CheckpointException {
        AdaLnSingleInference inference = new AdaLnSingleInference("Latte", checkpoint, config);
        AdaLnSingleShape shape = inference.shape(AdaLnSingleShape.usualInterpolationScale(inference.sampleSize()));
        return new LatteArchitecture(shape, videoLength(checkpoint, config), temporal(config));
    }

    private static TemporalAttention temporal(JsonNode config) {
        return config.path("enable_temporal_attentions").asBoolean(true)
                ? TemporalAttention.APPLIED
                : TemporalAttention.SKIPPED;
    }

    private static int videoLength(Checkpoint checkpoint, JsonNode config) throws CheckpointException {
        JsonNode given = config.path("video_length");
        if (!config.hasNonNull("video_length")) {
            return USUAL_LENGTH;
        }
        if (!given.isIntegralNumber() || !given.canConvertToInt() || given.asInt() < 1 || given.asInt() > LONGEST) {
            throw new CheckpointException("video_length in config.json beside " + checkpoint.file() + " is " + given
                    + ", but must be 1 to " + LONGEST + " frames");
        }
        return given.asInt();
    }
}
