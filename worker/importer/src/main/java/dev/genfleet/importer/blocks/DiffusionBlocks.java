package dev.genfleet.importer.blocks;

import dev.genfleet.importer.onnx.Attribute;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Linear;
import dev.genfleet.importer.onnx.Value;
import java.util.List;

/** Parts that diffusion transformers share (Peebles and Xie 2023, section 3.2 and Figure 3). */
public final class DiffusionBlocks {

    /** Of every layer normalisation in these networks. */
    public static final float EPSILON = 1e-6f;

    private final GraphBuilder graph;
    private final Layers layers;

    public DiffusionBlocks(GraphBuilder graph) {
        this.graph = graph;
        this.layers = new Layers(graph);
    }

    /**
     * Two linear layers with a SiLU between them on cosines, then sines, of a number times {@code frequencies}:
     * {@code [batch] → [batch, out]}.
     */
    public Value sinusoidal(Value numbers, float[] frequencies, Linear first, Linear second) {
        Value waves = graph.fullPrecision(() -> {
            Value angles =
                    layers.multiply(layers.reshape(numbers, -1, 1), graph.floats(frequencies, 1, frequencies.length));
            return graph.node(
                    "Concat",
                    List.of(graph.node("Cos", List.of(angles)), graph.node("Sin", List.of(angles))),
                    Attribute.of("axis", 1));
        });
        return layers.linear(layers.silu(layers.linear(waves, first)), second);
    }

    /** Adaptive layer norm: LN(x) · (1 + scale) + shift; x {@code [batch, tokens, width]}, shift and scale broadcast to it. */
    public Value modulate(Value x, int width, Value shift, Value scale) {
        return modulate(layers.layerNorm(x, width, EPSILON), shift, scale);
    }

    /** What is already normalised, times (1 + scale), plus shift, both broadcast to it. */
    public Value modulate(Value normal, Value shift, Value scale) {
        Value gain = layers.add(scale, graph.floats(new float[] {1}, 1));
        return layers.add(layers.multiply(normal, gain), shift);
    }

    /** {@code [batch, in]} to {@code parts} values of {@code [batch, 1, width]}. */
    public List<Value> modulation(Value conditioning, Linear linear, int parts, int width) {
        return layers.split(layers.reshape(layers.linear(conditioning, linear), -1, parts, width), parts);
    }
}
