package dev.genfleet.importer.gentron;

import dev.genfleet.importer.blocks.SinCosPositions;
import dev.genfleet.importer.family.DenoiserTensors;
import dev.genfleet.importer.onnx.Attribute;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Value;
import java.util.Arrays;
import java.util.List;

/**
 * Latents of any height, width and number of frames as tokens, and back. Every shape that depends on them is computed once at the
 * start of the graph. An image is a video of one frame here.
 *
 * <p>The stream of tokens is {@code [batch, frames · tokens, width]}: a row's modulation and captions hold for all of its frames, so
 * they are never repeated.
 */
final class LatentGrid {

    private final GentronShape shape;
    private final GraphBuilder graph;
    private final Layers layers;
    private final boolean video;
    private final Value latents;
    private final Value batch;
    private final Value frames;
    private final Value height;
    private final Value width;
    private final Value tokens;
    private final Value streamShape;
    private final Value frameShape;

    LatentGrid(GentronArchitecture architecture, GraphBuilder graph) {
        this.shape = architecture.shape();
        this.graph = graph;
        this.layers = new Layers(graph);
        this.video = architecture.temporal().isPresent();
        this.latents = graph.input(DenoiserTensors.LATENTS, ElementType.FLOAT, dimensions(shape.channels()));
        graph.enter("grid");
        this.batch = side(0);
        this.frames = video ? side(2) : graph.longs(1);
        this.height = cells(video ? 3 : 2);
        this.width = cells(video ? 4 : 3);
        this.tokens = layers.multiply(height, width);
        this.streamShape = sides(batch, -1, shape.width());
        this.frameShape = video ? sides(-1, tokens, shape.width()) : streamShape;
    }

    /** Number of rows, as a list of one. */
    Value batch() {
        return batch;
    }

    /** Number of frames, as a list of one. */
    Value frames() {
        return frames;
    }

    /** Tokens of a frame, as a list of one. */
    Value tokens() {
        return tokens;
    }

    /** Patches as rows, channels slowest: {@code [batch · frames · tokens, channels · patch²]}. */
    Value patches() {
        Value cut = graph.node(
                "Reshape",
                List.of(latents, sides(batch, shape.channels(), frames, height, shape.patch(), width, shape.patch())));
        return layers.reshape(layers.transpose(cut, 0, 2, 3, 5, 1, 4, 6), -1, shape.patchSize());
    }

    /**
     * Position embeddings of a frame's tokens, {@code [1, tokens, width]}: column's half, then row's, each cut from one table of
     * 64-bit precision.
     */
    Value positions() {
        int half = shape.width() / 2;
        int most = GentronArchitecture.LARGEST_GRID;
        Value table = graph.floats(SinCosPositions.line(most, half), most, half);
        Value grid = sides(height, width, half);
        Value columns = graph.node("Expand", List.of(first(table, width), grid));
        Value rows = graph.node(
                "Expand", List.of(graph.node("Reshape", List.of(first(table, height), sides(height, 1, half))), grid));
        Value both = graph.node("Concat", List.of(columns, rows), Attribute.of("axis", -1));
        return graph.node("Reshape", List.of(both, sides(1, tokens, shape.width())));
    }

    /** The first {@code count} rows of a table. */
    Value first(Value table, Value count) {
        return graph.node("Slice", List.of(table, graph.longs(0), count, graph.longs(0)));
    }

    /** {@code [batch · anything, width] → [batch, anything, width]}. */
    Value stream(Value rows) {
        return graph.node("Reshape", List.of(rows, streamShape));
    }

    /** {@code [batch · frames · tokens, width] → [batch · frames, tokens, width]}. */
    Value perFrame(Value rows) {
        return graph.node("Reshape", List.of(rows, frameShape));
    }

    /** Everything as rows of the hidden size. */
    Value rows(Value tokens) {
        return layers.reshape(tokens, -1, shape.width());
    }

    /**
     * Puts patches together as the graph's output; channels are the fastest axis of a patch: {@code [batch · frames · tokens, patch² ·
     * channels]}.
     */
    void output(Value rows) {
        int channels = shape.outputChannels();
        Value cut = graph.node(
                "Reshape", List.of(rows, sides(batch, frames, height, width, shape.patch(), shape.patch(), channels)));
        Value ordered = layers.transpose(cut, 0, 6, 1, 2, 4, 3, 5);
        Value down = graph.node("Mul", List.of(height, graph.longs(shape.patch())));
        Value across = graph.node("Mul", List.of(width, graph.longs(shape.patch())));
        Value joined = graph.node(
                "Reshape",
                List.of(
                        ordered,
                        video ? sides(batch, channels, frames, down, across) : sides(batch, channels, down, across)));
        graph.output(joined, DenoiserTensors.PREDICTION, dimensions(channels));
    }

    /** A shape of numbers and computed sides. */
    Value sides(Object... sides) {
        return graph.node(
                "Concat",
                Arrays.stream(sides)
                        .map(side -> side instanceof Integer number ? graph.longs(number) : (Value) side)
                        .toList(),
                Attribute.of("axis", 0));
    }

    private List<Object> dimensions(int channels) {
        return video
                ? List.of("batch", channels, "frames", "height", "width")
                : List.of("batch", channels, "height", "width");
    }

    private Value side(int axis) {
        return graph.node("Shape", List.of(latents), Attribute.of("start", axis), Attribute.of("end", axis + 1));
    }

    private Value cells(int axis) {
        return graph.node("Div", List.of(side(axis), graph.longs(shape.patch())));
    }
}
