package dev.genfleet.importer.dit;

import dev.genfleet.importer.blocks.DiffusionBlocks;
import dev.genfleet.importer.onnx.Attribute;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Linear;
import dev.genfleet.importer.onnx.Value;
import java.util.List;

/**
 * The blocks of a vision transformer, which read the conditioning as two tokens (Peebles and Xie 2023, section 3.2): in the
 * sequence, or beside it through a cross-attention after the self-attention.
 */
final class PlainBlocks implements DitBlocks {

    private static final int EMBEDDINGS = 2;

    private final DitArchitecture dit;
    private final DitLayers layers;
    private final Layers plain;
    private final Value context;

    /**
     * Begins the part.
     *
     * @param time embedding of the timestep, {@code [batch, width]}
     * @param label embedding of the class, {@code [batch, width]}
     */
    PlainBlocks(DitArchitecture dit, DitLayers layers, Value time, Value label) {
        this.dit = dit;
        this.layers = layers;
        this.plain = layers.plain();
        this.context = sequence(layers.tokens(time, 1), layers.tokens(label, 1));
    }

    @Override
    public Value apply(Value tokens) {
        int own = dit.shape().tokens();
        Value last =
                switch (dit.conditioning()) {
                    case CROSS_ATTENTION -> blocks(tokens, own);
                    case IN_CONTEXT -> firstOf(blocks(sequence(tokens, context), own + EMBEDDINGS), own);
                    case ADALN_ZERO, ADALN ->
                        throw new IllegalStateException(dit.conditioning() + " blocks are not plain");
                };
        layers.graph().enter("final_layer");
        return norm(last, "final_layer.norm_final");
    }

    private Value blocks(Value tokens, int sequence) {
        Value x = tokens;
        for (int index = 0; index < dit.shape().depth(); index++) {
            String block = "blocks." + index;
            layers.graph().enter(block);
            x = plain.add(x, layers.attention(norm(x, block + ".norm1"), block, sequence));
            if (dit.conditioning() == DitConditioning.CROSS_ATTENTION) {
                x = plain.add(x, crossAttention(x, block));
            }
            layers.graph().enter(block);
            x = plain.add(x, layers.mlp(norm(x, block + ".norm2"), block, sequence));
        }
        return x;
    }

    private Value crossAttention(Value x, String block) {
        layers.graph().enter(block + ".cross_attn");
        int width = dit.shape().width();
        int tokens = dit.shape().tokens();
        String attention = block + ".cross_attn";
        Value queries =
                layers.linear(layers.rows(norm(x, block + ".norm_cross")), attention + ".q_linear", width, width);
        Linear keysAndValues = layers.linear(attention + ".kv_linear", width, 2 * width);
        Value mixed = plain.attention(
                layers.tokens(queries, tokens),
                half(keysAndValues, 0),
                half(keysAndValues, 1),
                dit.shape().heads());
        return layers.tokens(layers.linear(layers.rows(mixed), attention + ".proj", width, width), tokens);
    }

    private Value half(Linear keysAndValues, int index) {
        Linear half = new Linear(
                keysAndValues.weight().part(index, 2), keysAndValues.bias().part(index, 2));
        return layers.tokens(plain.linear(layers.rows(context), half), EMBEDDINGS);
    }

    private Value norm(Value x, String key) {
        long width = dit.shape().width();
        return plain.layerNorm(
                x,
                DiffusionBlocks.EPSILON,
                layers.weights().take(key + ".weight", width),
                layers.weights().take(key + ".bias", width));
    }

    private Value sequence(Value first, Value second) {
        return layers.graph().node("Concat", List.of(first, second), Attribute.of("axis", 1));
    }

    private Value firstOf(Value sequence, int count) {
        GraphBuilder graph = layers.graph();
        return graph.node("Slice", List.of(sequence, graph.longs(0), graph.longs(count), graph.longs(1)));
    }
}
