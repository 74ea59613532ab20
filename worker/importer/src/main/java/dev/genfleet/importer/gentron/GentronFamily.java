package dev.genfleet.importer.gentron;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.family.DenoiserFamily;

/**
 * Recognises GenTron checkpoints. Their keys are DiT's without {@code y_embedder} and {@code pos_embed}, plus
 * {@code pooled_embedder.mlp.{0,2}}, {@code blocks.i.cross_attn.{q,kv,proj}} and, in models of videos,
 * {@code blocks.i.temp_attn.{qkv,proj}}.
 */
public final class GentronFamily implements DenoiserFamily {

    public static final String NAME = "gentron";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean claims(Checkpoint checkpoint, JsonNode config) {
        return checkpoint.find("blocks.0.attn.qkv.weight").isPresent()
                && checkpoint.find("y_embedder.embedding_table.weight").isEmpty()
                && (checkpoint.find("pooled_embedder.mlp.0.weight").isPresent()
                        || checkpoint.find("blocks.0.cross_attn.kv.weight").isPresent());
    }

    /**
     * {@inheritDoc} Of {@code config} these are read, all of them optional where the tensors or the published sizes say enough:
     * {@code heads}, {@code clip_dim}, {@code t5_dim}, {@code clip_tokens}, {@code t5_tokens}, {@code temporal},
     * {@code frames}, {@code sample_size}.
     */
    @Override
    public GentronArchitecture read(Checkpoint checkpoint, JsonNode config) throws CheckpointException {
        return new GentronInference(new Evidence(checkpoint, config)).architecture();
    }
}
