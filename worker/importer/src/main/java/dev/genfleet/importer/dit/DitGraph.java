package dev.genfleet.importer.dit;

import dev.genfleet.importer.blocks.DiffusionBlocks;
import dev.genfleet.importer.blocks.TimestepFrequencies;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.family.DenoiserTensors;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Value;
import java.util.List;

/**
 * The forward pass of a class-conditional DiT (Peebles and Xie 2023, section 3.2 and Figure 3).
 *
 * <p>Inputs {@code latents [batch, C, side, side]}, {@code timesteps [batch]} (may be fractional), {@code class_labels [batch]}
 * int64; output {@code prediction [batch, C or 2C, side, side]}: noise, then the variance's share where it was learned.
 */
final class DitGraph {

    private final DitArchitecture dit;
    private final DitShape shape;
    private final DitLayers layers;
    private final Layers plain;
    private final GraphBuilder graph;

    DitGraph(DitArchitecture dit, DitLayers layers) {
        this.dit = dit;
        this.shape = dit.shape();
        this.layers = layers;
        this.plain = layers.plain();
        this.graph = layers.graph();
    }

    void build() {
        Value latents = graph.input(
                DenoiserTensors.LATENTS,
                ElementType.FLOAT,
                List.of("batch", shape.channels(), shape.side(), shape.side()));
        Value timesteps = graph.input(DenoiserTensors.TIMESTEPS, ElementType.FLOAT, List.of("batch"));
        Value labels = graph.input(DenoiserTensors.CLASS_LABELS, ElementType.INT64, List.of("batch"));

        Value time = embedTimesteps(timesteps);
        Value label = embedLabels(labels);
        DitBlocks blocks = dit.conditioning().modulates()
                ? new ModulatedBlocks(dit, layers, plain.add(time, label))
                : new PlainBlocks(dit, layers, time, label);
        Value normal = blocks.apply(embedPatches(latents));
        Value decoded = layers.linear(
                layers.rows(normal),
                "final_layer.linear",
                shape.width(),
                shape.patch() * shape.patch() * shape.outputChannels());
        graph.output(
                unpatchify(decoded),
                DenoiserTensors.PREDICTION,
                List.of("batch", shape.outputChannels(), shape.side(), shape.side()));
    }

    private Value embedTimesteps(Value timesteps) {
        graph.enter("t_embedder");
        return new DiffusionBlocks(graph)
                .sinusoidal(
                        timesteps,
                        dit.arithmetic().timestepFrequencies(),
                        layers.linear("t_embedder.mlp.0", 2 * TimestepFrequencies.COUNT, shape.width()),
                        layers.linear("t_embedder.mlp.2", shape.width(), shape.width()));
    }

    private Value embedLabels(Value labels) {
        graph.enter("y_embedder");
        StoredTensor table = layers.weights().take("y_embedder.embedding_table.weight", shape.labels(), shape.width());
        return graph.node("Gather", List.of(graph.weight(table), labels));
    }

    /** A strided convolution is a linear layer on patches; {@code [batch, C, side, side] → [batch, tokens, width]}. */
    private Value embedPatches(Value latents) {
        graph.enter("x_embedder");
        int patch = shape.patch();
        int inputs = shape.channels() * patch * patch;
        Value cells = plain.reshape(latents, -1, shape.channels(), shape.grid(), patch, shape.grid(), patch);
        Value patches = plain.transpose(cells, 0, 2, 4, 1, 3, 5);
        StoredTensor kernel =
                layers.weights().take("x_embedder.proj.weight", shape.width(), shape.channels(), patch, patch);
        Value embedded = plain.linear(
                plain.reshape(patches, -1, inputs),
                kernel.reshaped(shape.width(), inputs),
                layers.weights().take("x_embedder.proj.bias", shape.width()));
        return plain.add(
                layers.tokens(embedded, shape.tokens()), layers.weights().positions(graph, shape));
    }

    /** Channels are the fastest axis of a token; {@code [batch · tokens, patch² · C] → [batch, C, side, side]}. */
    private Value unpatchify(Value rows) {
        Value cells = plain.reshape(
                rows, -1, shape.grid(), shape.grid(), shape.patch(), shape.patch(), shape.outputChannels());
        return plain.reshape(
                plain.transpose(cells, 0, 5, 1, 3, 2, 4), -1, shape.outputChannels(), shape.side(), shape.side());
    }
}
