package dev.genfleet.importer.diffussm;

import dev.genfleet.importer.blocks.DiffusionBlocks;
import dev.genfleet.importer.blocks.TimestepFrequencies;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.family.DenoiserTensors;
import dev.genfleet.importer.onnx.Attribute;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Linear;
import dev.genfleet.importer.onnx.Value;
import dev.genfleet.importer.onnx.Weights;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The forward pass of a DiffuSSM (Yan, Gu and Rush 2024, Figure 2). What the paper leaves open is settled thus: M
 * neighbouring cells of a row are one token of the dense layers, a token's cells lie one after the other; blocks have a shift, a
 * scale and a gate from SiLU of the conditioning; activations are GELU by tanh; positions are DiT's, of a token's first cell.
 *
 * <p>Inputs {@code latents [batch, C, rows, columns]}, {@code timesteps [batch]} (may be fractional), and {@code class_labels
 * [batch]} int64 or captions, see {@link Captioning}; output {@code prediction [batch, C or 2C, rows, columns]}: noise, then the
 * variance's share where it was learned.
 */
final class DiffussmGraph {

    private final DiffussmShape shape;
    private final Weights weights;
    private final GraphBuilder graph;
    private final Layers layers;
    private final DiffusionBlocks blocks;
    private final Stages stages;

    DiffussmGraph(DiffussmShape shape, Weights weights, GraphBuilder graph) {
        this.shape = shape;
        this.weights = weights;
        this.graph = graph;
        this.layers = new Layers(graph);
        this.blocks = new DiffusionBlocks(graph);
        this.stages = Stages.of(shape.length());
    }

    void build() {
        Value latents = graph.input(
                DenoiserTensors.LATENTS,
                ElementType.FLOAT,
                List.of("batch", shape.channels(), shape.rows(), shape.columns()));
        Value timesteps = graph.input(DenoiserTensors.TIMESTEPS, ElementType.FLOAT, List.of("batch"));
        graph.enter("t_embedder");
        Value time = blocks.sinusoidal(
                timesteps,
                TimestepFrequencies.official(),
                linear("t_embedder.mlp.0", 2 * TimestepFrequencies.COUNT, shape.width()),
                linear("t_embedder.mlp.2", shape.width(), shape.width()));
        switch (shape.conditions()) {
            case Conditions.Classes classes -> build(latents, layers.add(time, label(classes)), Optional.empty());
            case Conditions.Captions captions -> {
                Captioning captioning = new Captioning(captions, shape, weights, graph);
                build(latents, layers.add(time, captioning.pooled()), Optional.of(captioning));
            }
        }
    }

    private void build(Value latents, Value embedding, Optional<Captioning> captioning) {
        Value conditioning = layers.silu(embedding); // every block begins with it, so it is computed once
        Value tokens = embedCells(latents);
        graph.enter("spectral");
        SpectralConvolution convolution = new SpectralConvolution(graph, stages, shape.width());
        for (int block = 0; block < shape.depth(); block++) {
            tokens = block(tokens, conditioning, convolution, block);
            if (captioning.isPresent()) {
                tokens = captioning.get().attend(tokens, block);
            }
        }
        graph.output(
                cells(finalLayer(tokens, conditioning)),
                DenoiserTensors.PREDICTION,
                List.of("batch", shape.outputChannels(), shape.rows(), shape.columns()));
    }

    private Value label(Conditions.Classes classes) {
        Value labels = graph.input(DenoiserTensors.CLASS_LABELS, ElementType.INT64, List.of("batch"));
        graph.enter("y_embedder");
        return graph.node(
                "Gather",
                List.of(
                        graph.weight(
                                weights.take("y_embedder.embedding_table.weight", classes.labels(), shape.width())),
                        labels));
    }

    private Value embedCells(Value latents) {
        graph.enter("x_embedder");
        int inputs = shape.grouping() * shape.channels();
        Value cells = layers.reshape(layers.transpose(latents, 0, 2, 3, 1), -1, inputs);
        Value embedded = layers.linear(cells, linear("x_embedder", inputs, shape.width()));
        return layers.add(tokens(embedded), graph.derived(GroupPositions.of(shape)));
    }

    /** z + gate · O, with O = W3(s(W2 I') · s(W1 I)). */
    private Value block(Value z, Value conditioning, SpectralConvolution convolution, int index) {
        String block = "blocks." + index;
        int width = shape.width();
        graph.enter(block + ".adaLN_modulation");
        List<Value> modulation = blocks.modulation(
                conditioning, linear(block + ".adaLN_modulation.1", width, 3 * width), 3, width); // shift, scale, gate
        graph.enter(block);
        Value input = rows(blocks.modulate(z, width, modulation.get(0), modulation.get(1)));
        Value mixed = mix(input, convolution, block);
        graph.enter(block);
        Value main = layers.geluTanh(layers.linear(mixed, linear(block + ".w2", 2 * width, 2 * width)));
        Value gate = layers.geluTanh(layers.linear(input, linear(block + ".w1", width, 2 * width)));
        Value out = layers.linear(layers.multiply(main, gate), linear(block + ".w3", 2 * width, width));
        return layers.add(z, layers.multiply(tokens(out), modulation.get(2)));
    }

    /** Up to single cells, through the state spaces of both directions and down again: {@code [tokens, width] → [tokens, 2 · width]}. */
    private Value mix(Value input, SpectralConvolution convolution, String block) {
        int width = shape.width();
        int grouping = shape.grouping();
        Value hidden = layers.geluTanh(layers.linear(input, linear(block + ".w0", width, width)));
        Value signal = layers.geluTanh(layers.linear(hidden, linear(block + ".up", width, grouping * width)));
        S4dParameters forward = S4dParameters.take(weights, block + ".ssm_fwd", width, shape.pairs());
        S4dParameters backward = S4dParameters.take(weights, block + ".ssm_bwd", width, shape.pairs());
        forward.count(graph);
        backward.count(graph);
        graph.enter(block + ".ssm");
        Value both = convolution.apply(signal, new LayerSpectrum(stages, width, forward, backward), block + ".ssm");
        graph.enter(block + ".down");
        return down(layers.reshape(both, -1, 2L * grouping * width), block + ".down");
    }

    /** A matrix of its own for each of a token's cells; their results lie one after the other. */
    private Value down(Value cells, String key) {
        int grouping = shape.grouping();
        int width = 2 * shape.width();
        int part = width / grouping;
        StoredTensor weight = weights.take(key + ".weight", grouping, part, width);
        StoredTensor bias = weights.take(key + ".bias", grouping, part);
        List<Value> split = grouping == 1 ? List.of(cells) : layers.split(cells, grouping);
        List<Value> parts = IntStream.range(0, grouping)
                .mapToObj(cell -> layers.linear(
                        split.get(cell),
                        weight.part(cell, grouping).reshaped(part, width),
                        bias.part(cell, grouping).reshaped(part)))
                .toList();
        return layers.geluTanh(grouping == 1 ? parts.getFirst() : graph.node("Concat", parts, Attribute.of("axis", 1)));
    }

    private Value finalLayer(Value x, Value conditioning) {
        graph.enter("final_layer");
        int width = shape.width();
        List<Value> modulation =
                blocks.modulation(conditioning, linear("final_layer.adaLN_modulation.1", width, 2 * width), 2, width);
        return layers.linear(
                rows(blocks.modulate(x, width, modulation.get(0), modulation.get(1))),
                linear("final_layer.linear", width, shape.grouping() * shape.outputChannels()));
    }

    /** A token's cells lie one after the other, channels last; {@code [tokens, M · C] → [batch, C, rows, columns]}. */
    private Value cells(Value rows) {
        return layers.transpose(
                layers.reshape(rows, -1, shape.rows(), shape.columns(), shape.outputChannels()), 0, 3, 1, 2);
    }

    private Linear linear(String key, int in, int out) {
        return Linear.take(weights, key, in, out);
    }

    private Value rows(Value tokens) {
        return layers.reshape(tokens, -1, shape.width());
    }

    private Value tokens(Value rows) {
        return layers.reshape(rows, -1, shape.tokens(), shape.width());
    }
}
