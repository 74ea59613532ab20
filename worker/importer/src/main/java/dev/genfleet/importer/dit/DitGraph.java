package dev.genfleet.importer.dit;

import dev.genfleet.importer.blocks.DiffusionBlocks;
import dev.genfleet.importer.blocks.TimestepFrequencies;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.family.DenoiserTensors;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Linear;
import dev.genfleet.importer.onnx.Value;
import java.util.List;

/**
 * The forward pass of a class-conditional DiT with adaLN-Zero blocks (Peebles and Xie 2023, section 3.2 and Figure 3).
 *
 * <p>Inputs {@code latents [batch, C, side, side]}, {@code timesteps [batch]} (may be fractional), {@code class_labels [batch]}
 * int64; output {@code prediction [batch, C or 2C, side, side]}: noise, then the variance's share where it was learned.
 */
final class DitGraph {

    private final DitShape shape;
    private final DitWeights weights;
    private final GraphBuilder graph;
    private final Layers layers;
    private final DiffusionBlocks blocks;

    DitGraph(DitShape shape, DitWeights weights, GraphBuilder graph) {
        this.shape = shape;
        this.weights = weights;
        this.graph = graph;
        this.layers = new Layers(graph);
        this.blocks = new DiffusionBlocks(graph);
    }

    void build() {
        Value latents = graph.input(
                DenoiserTensors.LATENTS,
                ElementType.FLOAT,
                List.of("batch", shape.channels(), shape.side(), shape.side()));
        Value timesteps = graph.input(DenoiserTensors.TIMESTEPS, ElementType.FLOAT, List.of("batch"));
        Value labels = graph.input(DenoiserTensors.CLASS_LABELS, ElementType.INT64, List.of("batch"));

        Value conditioning = conditioning(timesteps, labels);
        Value tokens = embedPatches(latents);
        for (int block = 0; block < shape.depth(); block++) {
            tokens = block(tokens, conditioning, block);
        }
        graph.output(
                unpatchify(finalLayer(tokens, conditioning)),
                DenoiserTensors.PREDICTION,
                List.of("batch", shape.outputChannels(), shape.side(), shape.side()));
    }

    /** SiLU of the sum of both embeddings, {@code [batch, width]}: every block begins with it, so it is computed once. */
    private Value conditioning(Value timesteps, Value labels) {
        graph.enter("t_embedder");
        Value time = blocks.sinusoidal(
                timesteps,
                TimestepFrequencies.official(),
                linear("t_embedder.mlp.0", 2 * TimestepFrequencies.COUNT, shape.width()),
                linear("t_embedder.mlp.2", shape.width(), shape.width()));
        graph.enter("y_embedder");
        Value label = graph.node(
                "Gather",
                List.of(
                        graph.weight(weights.take("y_embedder.embedding_table.weight", shape.labels(), shape.width())),
                        labels));
        return layers.silu(layers.add(time, label));
    }

    /** A strided convolution is a linear layer on patches; {@code [batch, C, side, side] → [batch, tokens, width]}. */
    private Value embedPatches(Value latents) {
        graph.enter("x_embedder");
        int patch = shape.patch();
        int inputs = shape.channels() * patch * patch;
        Value patches = layers.transpose(
                layers.reshape(latents, -1, shape.channels(), shape.grid(), patch, shape.grid(), patch),
                0,
                2,
                4,
                1,
                3,
                5);
        StoredTensor kernel = weights.take("x_embedder.proj.weight", shape.width(), shape.channels(), patch, patch);
        Value embedded = layers.linear(
                layers.reshape(patches, -1, inputs),
                kernel.reshaped(shape.width(), inputs),
                weights.take("x_embedder.proj.bias", shape.width()));
        return layers.add(tokens(embedded), weights.positions(graph, shape));
    }

    private Value block(Value x, Value conditioning, int index) {
        String block = "blocks." + index;
        graph.enter(block + ".adaLN_modulation");
        List<Value> modulation =
                modulation(conditioning, block + ".adaLN_modulation.1", 6); // shift, scale, gate; attention, then MLP
        graph.enter(block + ".attn");
        Value attended = attention(modulate(x, modulation.get(0), modulation.get(1)), block);
        Value middle = layers.add(x, layers.multiply(tokens(attended), modulation.get(2)));
        graph.enter(block + ".mlp");
        Value hidden = linear(
                rows(modulate(middle, modulation.get(3), modulation.get(4))),
                block + ".mlp.fc1",
                shape.width(),
                shape.mlpWidth());
        Value out = linear(layers.geluTanh(hidden), block + ".mlp.fc2", shape.mlpWidth(), shape.width());
        return layers.add(middle, layers.multiply(tokens(out), modulation.get(5)));
    }

    private Value attention(Value x, String block) {
        Value rows = rows(x);
        List<Value> projected = weights.queryKeyValue(block, shape.width()).stream()
                .map(linear -> tokens(layers.linear(rows, linear)))
                .toList();
        Value mixed = layers.attention(projected.get(0), projected.get(1), projected.get(2), shape.heads());
        return linear(rows(mixed), block + ".attn.proj", shape.width(), shape.width());
    }

    private Value finalLayer(Value x, Value conditioning) {
        graph.enter("final_layer");
        List<Value> modulation = modulation(conditioning, "final_layer.adaLN_modulation.1", 2);
        return linear(
                rows(modulate(x, modulation.get(0), modulation.get(1))),
                "final_layer.linear",
                shape.width(),
                shape.patch() * shape.patch() * shape.outputChannels());
    }

    /** Channels are the fastest axis of a token; {@code [batch · tokens, patch² · C] → [batch, C, side, side]}. */
    private Value unpatchify(Value rows) {
        Value cells = layers.reshape(
                rows, -1, shape.grid(), shape.grid(), shape.patch(), shape.patch(), shape.outputChannels());
        return layers.reshape(
                layers.transpose(cells, 0, 5, 1, 3, 2, 4), -1, shape.outputChannels(), shape.side(), shape.side());
    }

    private Value modulate(Value x, Value shift, Value scale) {
        return blocks.modulate(x, shape.width(), shift, scale);
    }

    private List<Value> modulation(Value conditioning, String key, int parts) {
        return blocks.modulation(conditioning, linear(key, shape.width(), parts * shape.width()), parts, shape.width());
    }

    private Value linear(Value x, String key, int in, int out) {
        return layers.linear(x, linear(key, in, out));
    }

    private Linear linear(String key, int in, int out) {
        return new Linear(weights.take(key + ".weight", out, in), weights.take(key + ".bias", out));
    }

    private Value rows(Value tokens) {
        return layers.reshape(tokens, -1, shape.width());
    }

    private Value tokens(Value rows) {
        return layers.reshape(rows, -1, shape.tokens(), shape.width());
    }
}
