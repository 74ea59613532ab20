package dev.genfleet.importer.onnx;

import dev.genfleet.importer.checkpoint.StoredTensor;
import java.util.Arrays;
import java.util.List;

/** Layers of convolutional networks on {@code [batch, channels, height, width]}; height and width stay open. */
public final class ConvLayers {

    private final GraphBuilder graph;

    public ConvLayers(GraphBuilder graph) {
        this.graph = graph;
    }

    /** Convolution of stride 1 that keeps height and width; the kernel {@code [out, in, k, k]} is square and odd. */
    public Value convolve(Value x, StoredTensor kernel, StoredTensor bias) {
        long margin = kernel.shape().getLast() / 2;
        return graph.node(
                "Conv",
                List.of(x, graph.weight(kernel), graph.weight(bias)),
                Attribute.of("pads", new long[] {margin, margin, margin, margin}));
    }

    /**
     * Convolution of stride 2 that halves even heights and widths; the kernel {@code [out, in, 3, 3]} meets a margin of zeros at the
     * bottom and the right alone.
     */
    public Value halve(Value x, StoredTensor kernel, StoredTensor bias) {
        return graph.node(
                "Conv",
                List.of(x, graph.weight(kernel), graph.weight(bias)),
                Attribute.of("strides", new long[] {2, 2}),
                Attribute.of("pads", new long[] {0, 0, 1, 1}));
    }

    /**
     * Group normalisation (Wu and He 2018) as an instance normalisation of groups: ONNX Runtime's CPU provider has no kernel of
     * its own for it.
     */
    public Value groupNorm(Value x, int groups, float epsilon, StoredTensor gain, StoredTensor bias) {
        float[] ones = new float[groups];
        Arrays.fill(ones, 1);
        Value normal = graph.node(
                "InstanceNormalization",
                List.of(
                        graph.node("Reshape", List.of(x, graph.longs(0, groups, -1))),
                        graph.floats(ones, groups),
                        graph.floats(new float[groups], groups)),
                Attribute.of("epsilon", epsilon));
        Value back = shapedLike(normal, x);
        Value scaled = graph.node("Mul", List.of(back, perChannel(gain)));
        return graph.node("Add", List.of(scaled, perChannel(bias)));
    }

    /** Twice the height and width, every cell repeated. */
    public Value upsample(Value x) {
        return graph.nodes(
                        "",
                        "Resize",
                        1,
                        List.of(x, new Value(""), graph.floats(new float[] {1, 1, 2, 2}, 4)),
                        Attribute.of("mode", "nearest"),
                        Attribute.of("coordinate_transformation_mode", "asymmetric"),
                        Attribute.of("nearest_mode", "floor"))
                .getFirst();
    }

    /** {@code x} under the shape of {@code other}, which holds as many numbers. */
    public Value shapedLike(Value x, Value other) {
        return graph.node("Reshape", List.of(x, graph.node("Shape", List.of(other))));
    }

    private Value perChannel(StoredTensor weight) {
        return graph.weight(weight.reshaped(weight.elements(), 1, 1));
    }
}
