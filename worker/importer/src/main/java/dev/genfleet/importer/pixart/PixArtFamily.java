package dev.genfleet.importer.pixart;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.family.DenoiserFamily;
import java.util.Set;

/**
 * Recognises PixArt checkpoints. The first published ones name diffusers' general {@code Transformer2DModel}, which DiT's do as
 * well, so keys decide; other classes with like keys are left alone.
 */
public final class PixArtFamily implements DenoiserFamily {

    public static final String NAME = "pixart";

    private static final Set<String> CLASSES = Set.of("PixArtTransformer2DModel", "Transformer2DModel");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean claims(Checkpoint checkpoint, JsonNode config) {
        return (!config.hasNonNull("_class_name")
                        || CLASSES.contains(config.path("_class_name").asText()))
                && checkpoint.find("transformer_blocks.0.scale_shift_table").isPresent()
                && checkpoint.find("pos_embed.proj.weight").isPresent()
                && checkpoint
                        .find("temporal_transformer_blocks.0.scale_shift_table")
                        .isEmpty();
    }

    /**
     * {@inheritDoc} Heads, the trained size, the interpolation scale and whether there are micro-conditions are taken from {@code
     * config}, with diffusers' defaults.
     */
    @Override
    public PixArtArchitecture read(Checkpoint checkpoint, JsonNode config) throws CheckpointException {
        return new PixArtInference(checkpoint, config).architecture();
    }
}
