package dev.genfleet.importer.plain;

import dev.genfleet.importer.dit.DitShape;
import java.util.Map;

/** The layers of a DiT by their keys in the official release, in a checkpoint of either layout. */
sealed interface DitLayers {

    PlainTensor linear(PlainTensor x, String key);

    /** Projection of a block to queries (0), keys (1) or values (2). */
    PlainTensor projected(PlainTensor x, String block, int third);

    /** {@code [tokens, width]}. */
    PlainTensor positions();

    /** Rows of the label table. */
    PlainTensor labels(double[] labels);

    int heads();

    default PlainTensor selfAttention(PlainTensor x, String block) {
        PlainTensor mixed = PlainAttention.attend(
                projected(x, block, 0),
                projected(x, block, 1),
                projected(x, block, 2),
                heads(),
                PlainAttention.Bias.NONE);
        return linear(mixed, block + ".attn.proj");
    }

    default PlainTensor mlp(PlainTensor x, String block) {
        return linear(linear(x, block + ".mlp.fc1").map(Activations::geluTanh), block + ".mlp.fc2");
    }

    /** The official release: thirds of one tensor are queries, keys and values, and positions are stored. */
    record Official(PlainWeights weights, int heads) implements DitLayers {

        @Override
        public PlainTensor linear(PlainTensor x, String key) {
            return weights.linear(x, key);
        }

        @Override
        public PlainTensor projected(PlainTensor x, String block, int third) {
            return weights.linear(x, block + ".attn.qkv", third, 3);
        }

        @Override
        public PlainTensor positions() {
            return weights.tensor("pos_embed");
        }

        @Override
        public PlainTensor labels(double[] labels) {
            return weights.rows("y_embedder.embedding_table.weight", labels);
        }
    }

    /** Diffusers: other names, every block has its copy of the embedders, and positions are computed. */
    record Diffusers(PlainWeights weights, DitShape shape) implements DitLayers {

        private static final String EMBEDDERS = "transformer_blocks.0.norm1.emb.";

        private static final Map<String, String> NAMES = Map.of(
                "x_embedder.proj", "pos_embed.proj",
                "t_embedder.mlp.0", EMBEDDERS + "timestep_embedder.linear_1",
                "t_embedder.mlp.2", EMBEDDERS + "timestep_embedder.linear_2",
                "final_layer.adaLN_modulation.1", "proj_out_1",
                "final_layer.linear", "proj_out_2");

        @Override
        public int heads() {
            return shape.heads();
        }

        @Override
        public PlainTensor linear(PlainTensor x, String key) {
            String inBlock = key.replace("blocks.", "transformer_blocks.")
                    .replace("adaLN_modulation.1", "norm1.linear")
                    .replace("attn.proj", "attn1.to_out.0")
                    .replace("mlp.fc1", "ff.net.0.proj")
                    .replace("mlp.fc2", "ff.net.2");
            return weights.linear(x, NAMES.getOrDefault(key, inBlock));
        }

        @Override
        public PlainTensor projected(PlainTensor x, String block, int third) {
            return weights.linear(x, "transformer_" + block + ".attn1.to_" + "qkv".charAt(third));
        }

        @Override
        public PlainTensor positions() {
            double[] places = Waves.places(shape.grid());
            return Waves.ofGrid(places, places, shape.width());
        }

        @Override
        public PlainTensor labels(double[] labels) {
            return weights.rows(EMBEDDERS + "class_embedder.embedding_table.weight", labels);
        }
    }
}
