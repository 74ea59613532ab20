package dev.genfleet.importer.text;

import dev.genfleet.importer.onnx.AttentionForm;
import dev.genfleet.importer.onnx.Attribute;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Linear;
import dev.genfleet.importer.onnx.Value;
import dev.genfleet.importer.onnx.Weights;
import java.util.List;

/**
 * The forward pass of CLIP's text encoder (Radford et al. 2021, section 2.4): a transformer of pre-normalised blocks (Radford et
 * al. 2019) whose tokens attend to those before them.
 *
 * <p>Input {@code input_ids [batch, tokens]} int64, at most as many tokens as positions were learned; outputs
 * {@code last_hidden_state [batch, tokens, width]} and {@code pooler_output [batch, width]}.
 */
final class ClipTextGraph {

    private static final String PREFIX = "text_model.";

    /** Added to the scores of later tokens: their share is 0 to the last bit, also in half floats. */
    private static final float HIDDEN_SCORE = -30_000;

    private static final float QUICK_GELU_FACTOR = 1.702f;

    private final ClipTextShape shape;
    private final Weights weights;
    private final GraphBuilder graph;
    private final Layers layers;
    private final String prefix;

    ClipTextGraph(ClipTextShape shape, Weights weights, GraphBuilder graph) {
        this.shape = shape;
        this.weights = weights;
        this.graph = graph;
        this.layers = new Layers(graph);
        this.prefix = weights.has(PREFIX + ClipTextInference.TOKENS) ? PREFIX : "";
    }

    void build() {
        Value ids = graph.input(TextTensors.INPUT_IDS, ElementType.INT64, List.of("batch", "tokens"));
        graph.enter("embeddings");
        Value length = graph.node("Shape", List.of(ids), Attribute.of("start", 1), Attribute.of("end", 2));
        Value embedded = embed(ids, length);
        Value form = graph.node("Shape", List.of(embedded));
        AttentionForm causal = AttentionForm.of(shape.heads()).biasedBy(causalBias(length));

        Value rows = layers.reshape(embedded, -1, shape.width());
        Value penultimate = rows;
        for (int layer = 0; layer < shape.layers(); layer++) {
            penultimate = rows;
            rows = block(rows, form, causal, prefix + "encoder.layers." + layer);
        }
        graph.enter("final");
        Value last = norm(rows, prefix + "final_layer_norm");
        Value hidden =
                switch (shape.hidden()) {
                    case LAST -> last;
                    case PENULTIMATE -> penultimate;
                    case PENULTIMATE_NORMALISED -> norm(penultimate, prefix + "final_layer_norm");
                };
        graph.output(shaped(hidden, form), TextTensors.HIDDEN_STATES, List.of("batch", "tokens", shape.width()));
        graph.enter("pooler");
        Value pooled =
                graph.node("GatherND", List.of(shaped(last, form), endOfText(ids)), Attribute.of("batch_dims", 1));
        if (shape.projection().isPresent()) {
            int projection = shape.projection().getAsInt();
            pooled = layers.linear(pooled, weights.take("text_projection.weight", projection, shape.width()));
        }
        graph.output(
                pooled, TextTensors.POOLED, List.of("batch", shape.projection().orElse(shape.width())));
    }

    private Value embed(Value ids, Value length) {
        Value tokens = graph.weight(weights.take(prefix + ClipTextInference.TOKENS, shape.vocabulary(), shape.width()));
        Value positions =
                graph.weight(weights.take(prefix + ClipTextInference.POSITIONS, shape.positions(), shape.width()));
        Value used = graph.node("Slice", List.of(positions, graph.longs(0), length, graph.longs(0)));
        return layers.add(graph.node("Gather", List.of(tokens, ids)), used);
    }

    /** {@code [1, 1, tokens, tokens]}, cut from that of the longest caption. */
    private Value causalBias(Value length) {
        int longest = shape.positions();
        float[] scores = new float[longest * longest];
        for (int query = 0; query < longest; query++) {
            for (int key = query + 1; key < longest; key++) {
                scores[query * longest + key] = HIDDEN_SCORE;
            }
        }
        Value both = graph.node("Concat", List.of(length, length), Attribute.of("axis", 0));
        Value table = graph.floats(scores, 1, 1, longest, longest);
        return graph.node("Slice", List.of(table, graph.longs(0, 0), both, graph.longs(2, 3)));
    }

    private Value block(Value x, Value form, AttentionForm causal, String key) {
        graph.enter(key + ".self_attn");
        Value normal = norm(x, key + ".layer_norm1");
        Value mixed = layers.attention(
                shaped(square(normal, key + ".self_attn.q_proj"), form),
                shaped(square(normal, key + ".self_attn.k_proj"), form),
                shaped(square(normal, key + ".self_attn.v_proj"), form),
                causal);
        Value attended = square(layers.reshape(mixed, -1, shape.width()), key + ".self_attn.out_proj");
        Value middle = layers.add(x, attended);
        graph.enter(key + ".mlp");
        Value inner = layers.linear(
                norm(middle, key + ".layer_norm2"),
                Linear.take(weights, key + ".mlp.fc1", shape.width(), shape.mlpWidth()));
        Value out =
                layers.linear(activate(inner), Linear.take(weights, key + ".mlp.fc2", shape.mlpWidth(), shape.width()));
        return layers.add(middle, out);
    }

    private Value activate(Value x) {
        return switch (shape.activation()) {
            case QUICK_GELU -> {
                Value scaled = layers.multiply(x, graph.floats(new float[] {QUICK_GELU_FACTOR}, 1));
                yield layers.multiply(x, graph.node("Sigmoid", List.of(scaled)));
            }
            case GELU -> layers.gelu(x);
            case GELU_TANH -> layers.geluTanh(x);
        };
    }

    /** Place of the token that stands for each caption, {@code [batch, 1]}; the runtime finds maxima of floats everywhere. */
    private Value endOfText(Value ids) {
        return graph.fullPrecision(() -> {
            Value sought = shape.endOfText().isPresent()
                    ? graph.node(
                            "Equal", List.of(ids, graph.longs(shape.endOfText().getAsInt())))
                    : ids;
            return graph.node(
                    "ArgMax",
                    List.of(graph.cast(sought, ElementType.FLOAT)),
                    Attribute.of("axis", 1),
                    Attribute.of("keepdims", 1));
        });
    }

    private Value square(Value x, String key) {
        return layers.linear(x, Linear.take(weights, key, shape.width(), shape.width()));
    }

    private Value norm(Value x, String key) {
        return layers.layerNorm(
                x,
                shape.epsilon(),
                weights.take(key + ".weight", shape.width()),
                weights.take(key + ".bias", shape.width()));
    }

    private Value shaped(Value rows, Value form) {
        return graph.node("Reshape", List.of(rows, form));
    }
}
