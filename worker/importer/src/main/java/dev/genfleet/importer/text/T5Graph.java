package dev.genfleet.importer.text;

import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.onnx.AttentionForm;
import dev.genfleet.importer.onnx.Attribute;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Value;
import dev.genfleet.importer.onnx.Weights;
import java.util.List;

/**
 * The forward pass of T5's encoder (Raffel et al. 2020, section 2.1): pre-normalised blocks without biases, attention scores that
 * are not scaled, one table of relative position biases for all blocks.
 *
 * <p>Inputs {@code input_ids} and {@code attention_mask}, both {@code [batch, tokens]} int64; output
 * {@code last_hidden_state [batch, tokens, width]}. Any number of tokens is possible.
 *
 * <p>Residuals of the large models leave the range of half floats, so sums, normalisations and the projections that feed them
 * are marked as needing 32-bit floats.
 */
final class T5Graph {

    /** Added to the scores of masked keys: their share is 0 to the last bit, also in half floats. */
    private static final float HIDDEN_SCORE = -30_000;

    private final T5Shape shape;
    private final Weights weights;
    private final GraphBuilder graph;
    private final Layers layers;

    T5Graph(T5Shape shape, Weights weights, GraphBuilder graph) {
        this.shape = shape;
        this.weights = weights;
        this.graph = graph;
        this.layers = new Layers(graph);
    }

    void build() {
        Value ids = graph.input(TextTensors.INPUT_IDS, ElementType.INT64, List.of("batch", "tokens"));
        Value mask = graph.input(TextTensors.ATTENTION_MASK, ElementType.INT64, List.of("batch", "tokens"));
        graph.enter("embed_tokens");
        Value embedded = graph.node("Gather", List.of(graph.weight(tokens()), ids));
        Value rows = layers.reshape(embedded, -1, shape.width());
        graph.enter("position_bias");
        AttentionForm form = AttentionForm.of(shape.heads())
                .scaledBy(1)
                .hiding(graph.cast(mask, ElementType.INT32), HIDDEN_SCORE)
                .biasedBy(positionBias(ids));
        // [batch, tokens, inner], whose last side alone is not that of the embedded tokens
        Value heads = graph.node(
                "Concat",
                List.of(graph.node("Shape", List.of(ids)), graph.longs(shape.inner())),
                Attribute.of("axis", 0));
        for (int block = 0; block < shape.layers(); block++) {
            rows = feedForward(attention(rows, heads, form, block), block);
        }
        graph.enter("final_layer_norm");
        Value last = norm(rows, "encoder.final_layer_norm");
        graph.output(
                graph.node("Reshape", List.of(last, graph.node("Shape", List.of(embedded)))),
                TextTensors.HIDDEN_STATES,
                List.of("batch", "tokens", shape.width()));
    }

    private StoredTensor tokens() {
        boolean other = weights.has(T5Inference.TIED_TOKENS) && !weights.has(T5Inference.TOKENS);
        return weights.take(other ? T5Inference.TIED_TOKENS : T5Inference.TOKENS, shape.vocabulary(), shape.width());
    }

    /** {@code [1, heads, tokens, tokens]}: a table over distances, looked up for every pair of tokens. */
    private Value positionBias(Value ids) {
        StoredTensor buckets = weights.take(
                "encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight",
                shape.positions().buckets(),
                shape.heads());
        Value byDistance = graph.node(
                "Gather",
                List.of(graph.weight(buckets), graph.longs(shape.positions().table())));
        Value length = graph.node("Shape", List.of(ids), Attribute.of("start", 1), Attribute.of("end", 2));
        Value places = graph.node("Range", List.of(scalar(graph.longs(0)), scalar(length), scalar(graph.longs(1))));
        Value distances = graph.node("Sub", List.of(unsqueeze(places, 0), unsqueeze(places, 1)));
        int farthest = shape.positions().farthest();
        Value near = graph.node("Min", List.of(distances, graph.longs(farthest)));
        Value bounded = graph.node("Max", List.of(near, graph.longs(-farthest)));
        Value biases = graph.node("Gather", List.of(byDistance, layers.add(bounded, graph.longs(farthest))));
        return unsqueeze(layers.transpose(biases, 2, 0, 1), 0);
    }

    private Value attention(Value x, Value heads, AttentionForm form, int block) {
        String layer = "encoder.block." + block + ".layer.0";
        graph.enter(layer);
        Value normal = norm(x, layer + ".layer_norm");
        Value mixed = layers.attention(
                head(normal, layer + ".SelfAttention.q", heads),
                head(normal, layer + ".SelfAttention.k", heads),
                head(normal, layer + ".SelfAttention.v", heads),
                form);
        Value rows = layers.reshape(mixed, -1, shape.inner());
        StoredTensor out = weights.take(layer + ".SelfAttention.o.weight", shape.width(), shape.inner());
        return graph.fullPrecision(() -> layers.add(x, layers.linear(rows, out)));
    }

    private Value head(Value x, String key, Value heads) {
        Value rows = layers.linear(x, weights.take(key + ".weight", shape.inner(), shape.width()));
        return graph.node("Reshape", List.of(rows, heads));
    }

    private Value feedForward(Value x, int block) {
        String layer = "encoder.block." + block + ".layer.1";
        graph.enter(layer);
        Value normal = norm(x, layer + ".layer_norm");
        String key = layer + ".DenseReluDense.";
        Value inner =
                switch (shape.feedForward()) {
                    case RELU -> graph.node("Relu", List.of(widen(normal, key + "wi.weight")));
                    case GATED_GELU ->
                        layers.multiply(
                                layers.geluTanh(widen(normal, key + "wi_0.weight")),
                                widen(normal, key + "wi_1.weight"));
                };
        StoredTensor out = weights.take(key + "wo.weight", shape.width(), shape.mlpWidth());
        return graph.fullPrecision(() -> layers.add(x, layers.linear(inner, out)));
    }

    private Value widen(Value x, String key) {
        return layers.linear(x, weights.take(key, shape.mlpWidth(), shape.width()));
    }

    /**
     * Root mean square normalisation (Zhang and Sennrich 2019), in the form that ONNX Runtime fuses into one kernel.
     */
    private Value norm(Value x, String key) {
        StoredTensor gain = weights.take(key + ".weight", shape.width());
        return graph.fullPrecision(() -> {
            Value squares = graph.node("Pow", List.of(x, graph.floats(new float[] {2})));
            Value mean = graph.node("ReduceMean", List.of(squares, graph.longs(-1)));
            Value root = graph.node("Sqrt", List.of(layers.add(mean, graph.floats(new float[] {shape.epsilon()}))));
            return layers.multiply(graph.node("Div", List.of(x, root)), graph.weight(gain));
        });
    }

    private Value scalar(Value one) {
        return graph.node("Squeeze", List.of(one, graph.longs(0)));
    }

    private Value unsqueeze(Value x, long axis) {
        return graph.node("Unsqueeze", List.of(x, graph.longs(axis)));
    }
}
