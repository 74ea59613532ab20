package dev.genfleet.importer.dit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.family.DenoiserFamily;
import java.util.Map;

/** Recognises DiT checkpoints, in the official layout and in diffusers'. */
public final class DitFamily implements DenoiserFamily {

    public static final String NAME = "dit";

    /** What diffusers' DiT can be configured to, and the only value that is a DiT's; PixArt shares its keys in part. */
    private static final Map<String, String> DIFFUSERS_FORM =
            Map.of("norm_type", "ada_norm_zero", "activation_fn", "gelu-approximate");

    @Override
    public String name() {
        return NAME;
    }

    /** {@inheritDoc} Latte's class-conditional models have the same keys and one for the frames' positions. */
    @Override
    public boolean claims(Checkpoint checkpoint, JsonNode config) {
        boolean official = has(checkpoint, "y_embedder.embedding_table.weight", "blocks.0.attn.qkv.weight");
        boolean diffusers =
                has(checkpoint, DitKeys.diffusers("y_embedder.embedding_table.weight"), "proj_out_1.weight");
        return diffusers || (official && checkpoint.find("temp_embed").isEmpty());
    }

    /**
     * {@inheritDoc} Heads, classes and, for diffusers' layout, the latent size are taken from {@code config}. The arithmetic is the
     * official one in either layout.
     */
    @Override
    public DitArchitecture read(Checkpoint checkpoint, JsonNode config) throws CheckpointException {
        DitLayout layout =
                checkpoint.tensors().stream().anyMatch(tensor -> tensor.name().startsWith("transformer_blocks."))
                        ? DitLayout.DIFFUSERS
                        : DitLayout.OFFICIAL;
        if (layout == DitLayout.DIFFUSERS) {
            verifyForm(checkpoint, config);
        }
        DitArchitecture dit = new DitInference(checkpoint, config, layout).architecture();
        if (layout == DitLayout.DIFFUSERS) {
            EmbedderCopies.verify(checkpoint, dit.shape().depth());
        }
        return dit;
    }

    private static void verifyForm(Checkpoint checkpoint, JsonNode config) throws CheckpointException {
        for (Map.Entry<String, String> field : DIFFUSERS_FORM.entrySet()) {
            JsonNode given = config.path(field.getKey());
            if (!given.isMissingNode() && !given.asText().equals(field.getValue())) {
                throw new CheckpointException(field.getKey() + " in config.json beside " + checkpoint.file() + " is "
                        + given + ", but a DiT's is \"" + field.getValue() + "\"");
            }
        }
    }

    private static boolean has(Checkpoint checkpoint, String first, String second) {
        return checkpoint.find(first).isPresent() && checkpoint.find(second).isPresent();
    }
}
