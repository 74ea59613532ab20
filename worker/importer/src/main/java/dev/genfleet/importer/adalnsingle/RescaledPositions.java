package dev.genfleet.importer.adalnsingle;

import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Value;
import java.util.List;

/**
 * Sine and cosine positions of a grid of any size (Vaswani et al. 2017, section 3.5; rescaled as Chen et al. 2023, PixArt-α,
 * appendix, and as diffusers' {@code PatchEmbed}): whatever the grid, coordinates run from 0 to the trained grid divided by the
 * interpolation scale, both sides apart.
 *
 * <p>The step between coordinates follows from the grid, so no table serves: the graph computes the waves. Coordinates are 32-bit
 * as in the reference; their products with the frequencies and the sines are 64-bit, which keeps every number at its 32-bit
 * rounding. Cosines are sines a quarter period on: ONNX Runtime's CPU provider has no 64-bit cosine.
 */
final class RescaledPositions {

    private final int grid;
    private final double scale;
    private final int size;
    private final GraphBuilder graph;
    private final Layers layers;

    RescaledPositions(AdaLnSingleShape shape, GraphBuilder graph) {
        this.grid = shape.grid();
        this.scale = shape.interpolationScale();
        this.size = shape.width();
        this.graph = graph;
        this.layers = new Layers(graph);
    }

    /**
     * {@code [rows · columns, width]} in raster order: the column's sines and cosines in the first half, the row's in the second.
     *
     * @param rows int64 {@code [1]}
     * @param columns int64 {@code [1]}
     */
    Value of(Value rows, Value columns) {
        return graph.fullPrecision(() -> {
            Value down = layers.reshape(waves(rows, size / 2), -1, 1, size);
            return layers.reshape(layers.add(down, waves(columns, 0)), -1, size);
        });
    }

    /** {@code [count, size]}: waves in the half that begins at {@code from}, sin 0 = 0 in the other, so that halves add up. */
    private Value waves(Value count, int from) {
        double[] frequencies = new double[size];
        double[] phases = new double[size];
        int quarter = size / 4;
        for (int i = 0; i < quarter; i++) {
            double frequency = Math.pow(10_000, -(double) i / quarter);
            frequencies[from + i] = frequency;
            frequencies[from + quarter + i] = frequency;
            phases[from + quarter + i] = Math.PI / 2;
        }
        Value position = graph.cast(coordinates(count), ElementType.DOUBLE);
        Value angles = layers.add(
                layers.multiply(position, graph.doubles(frequencies, 1, size)), graph.doubles(phases, 1, size));
        return graph.cast(graph.node("Sin", List.of(angles)), ElementType.FLOAT);
    }

    /** {@code [count, 1]}: i / (count / trained grid) / scale. */
    private Value coordinates(Value count) {
        Value indices = graph.cast(
                graph.node("Range", List.of(scalar(graph.longs(0)), scalar(count), scalar(graph.longs(1)))),
                ElementType.FLOAT);
        Value step = divide(graph.cast(count, ElementType.FLOAT), grid);
        return layers.reshape(divide(graph.node("Div", List.of(indices, step)), scale), -1, 1);
    }

    private Value divide(Value x, double by) {
        return graph.node("Div", List.of(x, graph.floats(new float[] {(float) by}, 1)));
    }

    private Value scalar(Value one) {
        return graph.node("Squeeze", List.of(one));
    }
}
