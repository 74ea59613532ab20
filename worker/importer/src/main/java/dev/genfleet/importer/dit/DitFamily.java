package dev.genfleet.importer.dit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.family.DenoiserFamily;

/** Recognises DiT checkpoints. */
public final class DitFamily implements DenoiserFamily {

    public static final String NAME = "dit";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean claims(Checkpoint checkpoint, JsonNode config) {
        return checkpoint.find("y_embedder.embedding_table.weight").isPresent()
                && checkpoint.find("blocks.0.attn.qkv.weight").isPresent();
    }

    /** {@inheritDoc} Only the number of heads and of classes is taken from {@code config}. */
    @Override
    public DitArchitecture read(Checkpoint checkpoint, JsonNode config) throws CheckpointException {
        return new DitArchitecture(new DitInference(checkpoint, config).shape());
    }
}
