package dev.genfleet.importer.dit;

import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Linear;
import dev.genfleet.importer.onnx.Value;
import java.util.List;

/** Layers that every kind of DiT has, on tokens {@code [batch, sequence, width]}, by their official keys. */
final class DitLayers {

    private final DitShape shape;
    private final DitWeights weights;
    private final GraphBuilder graph;
    private final Layers layers;

    DitLayers(DitShape shape, DitWeights weights, GraphBuilder graph) {
        this.shape = shape;
        this.weights = weights;
        this.graph = graph;
        this.layers = new Layers(graph);
    }

    GraphBuilder graph() {
        return graph;
    }

    Layers plain() {
        return layers;
    }

    DitWeights weights() {
        return weights;
    }

    /** Self-attention of sequences of that length. */
    Value attention(Value x, String block, int sequence) {
        graph.enter(block + ".attn");
        Value rows = rows(x);
        List<Value> projected = weights.queryKeyValue(block, shape.width()).stream()
                .map(linear -> tokens(layers.linear(rows, linear), sequence))
                .toList();
        Value mixed = layers.attention(projected.get(0), projected.get(1), projected.get(2), shape.heads());
        return tokens(linear(rows(mixed), block + ".attn.proj", shape.width(), shape.width()), sequence);
    }

    /** Two linear layers with a GELU between them. */
    Value mlp(Value x, String block, int sequence) {
        graph.enter(block + ".mlp");
        Value hidden = linear(rows(x), block + ".mlp.fc1", shape.width(), shape.mlpWidth());
        return tokens(linear(layers.geluTanh(hidden), block + ".mlp.fc2", shape.mlpWidth(), shape.width()), sequence);
    }

    Linear linear(String key, int in, int out) {
        return new Linear(weights.take(key + ".weight", out, in), weights.take(key + ".bias", out));
    }

    /** {@code [rows, in] → [rows, out]}. */
    Value linear(Value rows, String key, int in, int out) {
        return layers.linear(rows, linear(key, in, out));
    }

    Value rows(Value tokens) {
        return layers.reshape(tokens, -1, shape.width());
    }

    Value tokens(Value rows, int sequence) {
        return layers.reshape(rows, -1, sequence, shape.width());
    }
}
