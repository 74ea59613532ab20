package dev.genfleet.importer.diffussm;

import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.family.Conditioned.Text;
import dev.genfleet.importer.family.DenoiserTensors;
import dev.genfleet.importer.onnx.AttentionForm;
import dev.genfleet.importer.onnx.Attribute;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Linear;
import dev.genfleet.importer.onnx.Value;
import dev.genfleet.importer.onnx.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Captions for a DiffuSSM, as GenTron has them (Chen et al. 2024). DiffuSSM's paper has no text model, so this is this
 * project's own: a pooled vector passes two linear layers and joins the timestep's embedding, and after each block, outside its
 * gate, tokens attend to the caption: z + attention(z), with no norm before it. Texts take turns by block, the first one in block 0;
 * keys and values come straight from the encoder's width.
 *
 * <p>Inputs, for each text, {@code encoder_hidden_states [batch, tokens, width]} and {@code encoder_attention_mask [batch, tokens]}
 * int64, and {@code pooled_projections [batch, width]}.
 */
final class Captioning {

    private static final float MASKED = -1e9f;

    private final Conditions.Captions captions;
    private final DiffussmShape shape;
    private final Weights weights;
    private final GraphBuilder graph;
    private final Layers layers;
    private final List<Value> hiddenStates = new ArrayList<>();
    private final List<Value> masks = new ArrayList<>();

    /** {@code batch, tokens, width} of each text's keys and values. */
    private final List<Value> keyShapes = new ArrayList<>();

    private final Value pooled;

    /** Declares the inputs. */
    Captioning(Conditions.Captions captions, DiffussmShape shape, Weights weights, GraphBuilder graph) {
        this.captions = captions;
        this.shape = shape;
        this.weights = weights;
        this.graph = graph;
        this.layers = new Layers(graph);
        graph.enter("captions");
        for (int i = 0; i < captions.texts().size(); i++) {
            String tokens = i == 0 ? "tokens" : "tokens_2";
            Value states = graph.input(
                    DenoiserTensors.HIDDEN_STATES.get(i),
                    ElementType.FLOAT,
                    List.of("batch", tokens, captions.texts().get(i).width()));
            hiddenStates.add(layers.reshape(states, -1, captions.texts().get(i).width()));
            keyShapes.add(keyShape(states));
            masks.add(graph.cast(
                    graph.input(DenoiserTensors.ATTENTION_MASKS.get(i), ElementType.INT64, List.of("batch", tokens)),
                    ElementType.INT32));
        }
        pooled = graph.input(DenoiserTensors.POOLED, ElementType.FLOAT, List.of("batch", captions.pooledWidth()));
    }

    /** {@code [batch, width]}. */
    Value pooled() {
        graph.enter("pooled_embedder");
        Value first = layers.linear(
                pooled, Linear.take(weights, "pooled_embedder.mlp.0", captions.pooledWidth(), shape.width()));
        return layers.linear(
                layers.silu(first), Linear.take(weights, "pooled_embedder.mlp.2", shape.width(), shape.width()));
    }

    /** {@code [batch, tokens, width]} with what a block's caption has to say added. */
    Value attend(Value z, int block) {
        String key = "blocks." + block + ".cross_attn";
        graph.enter(key);
        int width = shape.width();
        int text = captions.textOf(block);
        Text from = captions.texts().get(text);
        Value query = tokens(layers.linear(rows(z), Linear.take(weights, key + ".q", width, width)));
        StoredTensor weight = weights.take(key + ".kv.weight", 2L * width, from.width());
        StoredTensor bias = weights.take(key + ".kv.bias", 2L * width);
        Value words = hiddenStates.get(text);
        Value keys = words(layers.linear(words, weight.part(0, 2), bias.part(0, 2)), text);
        Value values = words(layers.linear(words, weight.part(1, 2), bias.part(1, 2)), text);
        Value attended = layers.attention(
                query, keys, values, AttentionForm.of(captions.heads()).hiding(masks.get(text), MASKED));
        return layers.add(z, tokens(layers.linear(rows(attended), Linear.take(weights, key + ".proj", width, width))));
    }

    private Value keyShape(Value states) {
        Value batchAndTokens = graph.node("Shape", List.of(states), Attribute.of("start", 0), Attribute.of("end", 2));
        return graph.node("Concat", List.of(batchAndTokens, graph.longs(shape.width())), Attribute.of("axis", 0));
    }

    private Value words(Value rows, int text) {
        return graph.node("Reshape", List.of(rows, keyShapes.get(text)));
    }

    private Value rows(Value tokens) {
        return layers.reshape(tokens, -1, shape.width());
    }

    private Value tokens(Value rows) {
        return layers.reshape(rows, -1, shape.tokens(), shape.width());
    }
}
