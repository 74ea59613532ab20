package dev.genfleet.engine.onnx;

import static dev.genfleet.engine.onnx.GraphWriter.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * A diffusion transformer with adaptive layer norms over latents of 4 × 8 × 8 (16 tokens, ten classes and the null class), with
 * the same operators as real ones, and a convolutional decoder to 16 × 16 pixels. Weights are random but fixed.
 */
public final class TinyModel {

    private static final long CHANNELS = 4;
    private static final long SIDE = 8;
    private static final long PATCH = 2;
    private static final long GRID = SIDE / PATCH;
    private static final long TOKENS = GRID * GRID;
    private static final long CLASSES = 11;
    private static final long FREQUENCIES = 128;

    private final GraphWriter graph = new GraphWriter();
    private final long width;
    private final long heads;

    private TinyModel(long width, long heads) {
        this.width = width;
        this.heads = heads;
    }

    /** Writes a denoiser of that width. */
    public static void writeDenoiser(Path file, int width, int heads, int blocks) throws IOException {
        new TinyModel(width, heads).denoiser(file, blocks);
    }

    /** Writes a decoder of one grey pixel per latent number, in which a change of the number's last bit is a change of grey. */
    public static void writeRevealingDecoder(Path file) throws IOException {
        GraphWriter graph = new GraphWriter();
        String x = graph.input("latents", DataType.FLOAT, CHANNELS, SIDE, SIDE);
        AttributeProto[] doubled = {attribute("blocksize", 2)};
        x = graph.node("DepthToSpace", doubled, x);
        x = graph.node("Sin", graph.node("Mul", x, graph.scalar(1 << 22)));
        AttributeProto[] channels = {attribute("axis", 1)};
        graph.output("pixels", graph.node("Concat", channels, x, x, x), 3, 2 * SIDE, 2 * SIDE);
        graph.write(file);
    }

    /** Writes a latent decoder. */
    public static void writeDecoder(Path file) throws IOException {
        writeDecoder(file, OptionalInt.empty());
    }

    /** Writes a latent decoder of so many pictures at once. */
    static void writeDecoder(Path file, OptionalInt rows) throws IOException {
        GraphWriter graph = new GraphWriter(rows);
        String x = graph.input("latents", DataType.FLOAT, CHANNELS, SIDE, SIDE);
        AttributeProto[] padded = {attribute("pads", new long[] {1, 1, 1, 1})};
        AttributeProto[] doubled = {attribute("strides", new long[] {2, 2})};
        x = graph.silu(graph.node("Conv", padded, x, graph.weights(0.2, 32, CHANNELS, 3, 3), graph.weights(0.1, 32)));
        x = graph.silu(graph.node("ConvTranspose", doubled, x, graph.weights(0.2, 32, 32, 2, 2)));
        x = graph.node("Conv", padded, x, graph.weights(0.05, 3, 32, 3, 3), graph.weights(0.1, 3));
        graph.output("pixels", x, 3, 2 * SIDE, 2 * SIDE);
        graph.write(file);
    }

    private void denoiser(Path file, int blocks) throws IOException {
        String latents = graph.input("latents", DataType.FLOAT, CHANNELS, SIDE, SIDE);
        String timesteps = graph.input("timesteps", DataType.FLOAT);
        String labels = graph.input("class_labels", DataType.INT64);
        AttributeProto[] stride = {attribute("strides", new long[] {PATCH, PATCH})};
        String x = graph.node(
                "Conv", stride, latents, graph.weights(0.25, width, CHANNELS, PATCH, PATCH), graph.weights(0.1, width));
        x = graph.transpose(graph.reshape(x, -1, width, TOKENS), 0, 2, 1);
        x = graph.node("Add", x, graph.weights(0.5, 1, TOKENS, width));
        String condition = graph.silu(graph.node("Add", time(timesteps), label(labels)));
        for (int i = 0; i < blocks; i++) {
            x = block(x, condition);
        }
        String modulation = graph.linear(condition, width, 2 * width);
        x = flatten(modulated(x, part(modulation, 0), part(modulation, 1)));
        x = graph.linear(x, width, PATCH * PATCH * 2 * CHANNELS);
        x = graph.reshape(x, -1, GRID, GRID, PATCH, PATCH, 2 * CHANNELS);
        x = graph.reshape(graph.transpose(x, 0, 5, 1, 3, 2, 4), -1, 2 * CHANNELS, SIDE, SIDE);
        graph.output("prediction", graph.node("Tanh", x), 2 * CHANNELS, SIDE, SIDE);
        graph.write(file);
    }

    private String time(String timesteps) {
        String angles = graph.node(
                "Mul", graph.node("Unsqueeze", timesteps, graph.longs(1)), graph.weights(0.01, 1, FREQUENCIES));
        AttributeProto[] lastAxis = {attribute("axis", 1)};
        String waves = graph.node("Concat", lastAxis, graph.node("Cos", angles), graph.node("Sin", angles));
        return graph.linear(graph.silu(graph.linear(waves, 2 * FREQUENCIES, width)), width, width);
    }

    private String label(String labels) {
        return graph.node("Gather", graph.weights(0.5, CLASSES, width), labels);
    }

    private String block(String x, String condition) {
        String modulation = graph.linear(condition, width, 6 * width);
        String attended = attention(modulated(x, part(modulation, 0), part(modulation, 1)));
        x = graph.node("Add", x, graph.node("Mul", part(modulation, 2), attended));
        String hidden = graph.linear(flatten(modulated(x, part(modulation, 3), part(modulation, 4))), width, 4 * width);
        String out = graph.reshape(graph.linear(gelu(hidden), 4 * width, width), -1, TOKENS, width);
        return graph.node("Add", x, graph.node("Mul", part(modulation, 5), out));
    }

    private String attention(String x) {
        long head = width / heads;
        String qkv = graph.linear(flatten(x), width, 3 * width);
        String q = heads(graph.chunk(qkv, 0, width), 0, 2, 1, 3);
        String k = heads(graph.chunk(qkv, 1, width), 0, 2, 3, 1);
        String v = heads(graph.chunk(qkv, 2, width), 0, 2, 1, 3);
        String scores = graph.node("Mul", graph.node("MatMul", q, k), graph.scalar(1 / Math.sqrt((double) head)));
        String mixed = graph.node("MatMul", graph.node("Softmax", scores), v);
        String joined = graph.reshape(graph.transpose(mixed, 0, 2, 1, 3), -1, width);
        return graph.reshape(graph.linear(joined, width, width), -1, TOKENS, width);
    }

    private String heads(String x, long... permutation) {
        return graph.transpose(graph.reshape(x, -1, TOKENS, heads, width / heads), permutation);
    }

    private String gelu(String x) {
        String cube = graph.node("Mul", graph.node("Mul", x, x), graph.node("Mul", x, graph.scalar(0.044715)));
        String inner = graph.node("Mul", graph.node("Add", x, cube), graph.scalar(Math.sqrt(2 / Math.PI)));
        String gate = graph.node("Add", graph.node("Tanh", inner), graph.scalar(1));
        return graph.node("Mul", graph.node("Mul", x, graph.scalar(0.5)), gate);
    }

    private String modulated(String x, String shift, String scale) {
        String normal = graph.node("LayerNormalization", x, graph.ones(width));
        return graph.node("Add", graph.node("Mul", normal, graph.node("Add", scale, graph.scalar(1))), shift);
    }

    /** One of the chunks of a modulation, {@code [batch, 1, width]}. */
    private String part(String modulation, long index) {
        return graph.node("Unsqueeze", graph.chunk(modulation, index, width), graph.longs(1));
    }

    private String flatten(String x) {
        return graph.reshape(x, -1, width);
    }
}
