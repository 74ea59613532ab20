package dev.genfleet.importer.adalnsingle;

import dev.genfleet.importer.onnx.Attribute;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Linear;
import dev.genfleet.importer.onnx.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Latents of open sizes as tokens: {@code [batch, C, height, width]} of images, {@code [batch, C, frames, height, width]} of
 * videos. A sample's tokens are frame after frame, each in raster order. Sizes are read off the latents once; all shapes that
 * depend on them are made here.
 */
public final class LatentGrid {

    private final AdaLnSingleShape shape;
    private final GraphBuilder graph;
    private final Layers layers;
    private final Value latents;
    private final List<Value> sides;
    private final Value frames;
    private final Value rows;
    private final Value columns;
    private final Value perFrame;

    private LatentGrid(AdaLnSingleShape shape, GraphBuilder graph, Value latents, int rank) {
        this.shape = shape;
        this.graph = graph;
        this.layers = new Layers(graph);
        this.latents = latents;
        graph.enter("pos_embed");
        this.sides = LongStream.range(2, rank)
                .mapToObj(axis -> length(graph, latents, axis))
                .toList();
        this.frames = rank == 5 ? sides.getFirst() : graph.longs(1);
        this.rows = divide(sides.get(sides.size() - 2));
        this.columns = divide(sides.getLast());
        this.perFrame = layers.multiply(rows, columns);
    }

    /** Of images. */
    public static LatentGrid ofImages(AdaLnSingleShape shape, GraphBuilder graph, Value latents) {
        return new LatentGrid(shape, graph, latents, 4);
    }

    /** Of videos. */
    public static LatentGrid ofVideos(AdaLnSingleShape shape, GraphBuilder graph, Value latents) {
        return new LatentGrid(shape, graph, latents, 5);
    }

    /** The length of {@code x} along an axis, int64 {@code [1]}. */
    static Value length(GraphBuilder graph, Value x, long axis) {
        return graph.node("Shape", List.of(x), Attribute.of("start", axis), Attribute.of("end", axis + 1));
    }

    /** Frames, int64 {@code [1]}. */
    public Value frames() {
        return frames;
    }

    /** Tokens of one frame, int64 {@code [1]}. */
    public Value tokensPerFrame() {
        return perFrame;
    }

    /** Tokens of one sample, int64 {@code [1]}. */
    public Value tokens() {
        return layers.multiply(frames, perFrame);
    }

    /** The shape {@code [-1, sides…]}; each side is int64 {@code [1]}. */
    public Value shape(Value... sides) {
        return shape(List.of(sides));
    }

    /**
     * Tokens with their positions, {@code [batch · frames, tokens of a frame, width]}. The kernel's strided convolution is a linear
     * layer on patches.
     */
    Value embed(Linear kernel) {
        long inputs = (long) shape.channels() * shape.patch() * shape.patch();
        Value patch = graph.longs(shape.patch());
        Value cut =
                reshape(latents, shape(List.of(graph.longs(shape.channels()), frames, rows, patch, columns, patch)));
        Value patches = layers.reshape(layers.transpose(cut, 0, 2, 3, 5, 1, 4, 6), -1, inputs);
        Value tokens = layers.linear(patches, kernel);
        Value embedded = reshape(tokens, shape(perFrame, graph.longs(shape.width())));
        return layers.add(embedded, new RescaledPositions(shape, graph).of(rows, columns));
    }

    /** The reverse: {@code [tokens, patch² · outputs]}, channels the fastest axis of a token, as latents. */
    Value assemble(Value tokens) {
        Value patch = graph.longs(shape.patch());
        Value outputs = graph.longs(shape.outputChannels());
        Value cut = reshape(tokens, shape(List.of(frames, rows, columns, patch, patch, outputs)));
        List<Value> whole = new ArrayList<>(List.of(outputs));
        whole.addAll(sides);
        return reshape(layers.transpose(cut, 0, 6, 1, 2, 4, 3, 5), shape(whole));
    }

    private Value divide(Value cells) {
        return graph.node("Div", List.of(cells, graph.longs(shape.patch())));
    }

    private Value shape(List<Value> sides) {
        List<Value> all = new ArrayList<>(List.of(graph.longs(-1)));
        all.addAll(sides);
        return graph.node("Concat", all, Attribute.of("axis", 0));
    }

    private Value reshape(Value x, Value to) {
        return graph.node("Reshape", List.of(x, to));
    }
}
