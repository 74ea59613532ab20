package dev.genfleet.importer.autoencoder;

import dev.genfleet.importer.autoencoder.AutoencoderShape.Part;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.onnx.ConvLayers;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Value;
import dev.genfleet.importer.onnx.Weights;

/** What the encoder and the decoder of an autoencoder are built of; all on {@code [batch, channels, height, width]}. */
final class AutoencoderBlocks {

    private static final float EPSILON = 1e-6f;

    private final AutoencoderShape shape;
    private final Weights weights;
    private final GraphBuilder graph;
    private final Layers layers;
    private final ConvLayers convolutions;

    AutoencoderBlocks(AutoencoderShape shape, Weights weights, GraphBuilder graph) {
        this.shape = shape;
        this.weights = weights;
        this.graph = graph;
        this.layers = new Layers(graph);
        this.convolutions = new ConvLayers(graph);
    }

    /** {@code count} residual blocks, the first of which changes the width. */
    Value resnets(Value x, String key, int count, int in, int out) {
        Value result = x;
        for (int i = 0; i < count; i++) {
            result = resnet(result, key + ".resnets." + i, i == 0 ? in : out, out);
        }
        return result;
    }

    /** The blocks at the coarsest resolution. */
    Value middle(Value x, String key, int width) {
        Value result = resnet(x, key + ".resnets.0", width, width);
        if (shape.has(Part.MID_ATTENTION)) {
            result = attention(result, key + ".attentions.0", width);
        }
        return resnet(result, key + ".resnets.1", width, width);
    }

    /** Normalises, then {@code convolve}s SiLU of that. */
    Value activated(Value x, String norm, String convolution, int in, int out) {
        return convolve(layers.silu(norm(x, norm, in)), convolution, in, out, 3);
    }

    /** Convolution that keeps height and width. */
    Value convolve(Value x, String key, int in, int out, int kernel) {
        return convolutions.convolve(x, kernel(key, in, out, kernel), weights.take(key + ".bias", out));
    }

    /** Twice the height and width. */
    Value upsample(Value x, String key, int width) {
        graph.enter(key);
        return convolve(convolutions.upsample(x), key, width, width, 3);
    }

    /** Half the height and width. */
    Value downsample(Value x, String key, int width) {
        graph.enter(key);
        return convolutions.halve(x, kernel(key, width, width, 3), weights.take(key + ".bias", width));
    }

    private Value resnet(Value x, String key, int in, int out) {
        graph.enter(key);
        Value hidden = activated(x, key + ".norm1", key + ".conv1", in, out);
        hidden = activated(hidden, key + ".norm2", key + ".conv2", out, out);
        return layers.add(hidden, in == out ? x : convolve(x, key + ".conv_shortcut", in, out, 1));
    }

    /** One head over all cells. */
    private Value attention(Value x, String key, int width) {
        graph.enter(key);
        boolean older = weights.has(key + ".query.weight");
        Value normal = norm(x, key + ".group_norm", width);
        Value tokens = layers.transpose(layers.reshape(normal, 0, width, -1), 0, 2, 1);
        Value rows = layers.reshape(tokens, -1, width);
        Value query = convolutions.shapedLike(linear(rows, key + (older ? ".query" : ".to_q"), width), tokens);
        Value keys = convolutions.shapedLike(linear(rows, key + (older ? ".key" : ".to_k"), width), tokens);
        Value values = convolutions.shapedLike(linear(rows, key + (older ? ".value" : ".to_v"), width), tokens);
        Value mixed = layers.reshape(layers.attention(query, keys, values, 1), -1, width);
        Value out = linear(mixed, key + (older ? ".proj_attn" : ".to_out.0"), width);
        Value planes = layers.transpose(convolutions.shapedLike(out, tokens), 0, 2, 1);
        return layers.add(x, convolutions.shapedLike(planes, x));
    }

    /** Some older files hold these as convolutions of one cell; the bytes are the same. */
    private Value linear(Value rows, String key, int width) {
        String weight = key + ".weight";
        StoredTensor matrix = weights.rank(weight) == 4
                ? weights.take(weight, width, width, 1, 1).reshaped(width, width)
                : weights.take(weight, width, width);
        return layers.linear(rows, matrix, weights.take(key + ".bias", width));
    }

    private Value norm(Value x, String key, int width) {
        return convolutions.groupNorm(
                x, shape.groups(), EPSILON, weights.take(key + ".weight", width), weights.take(key + ".bias", width));
    }

    private StoredTensor kernel(String key, int in, int out, int kernel) {
        return weights.take(key + ".weight", out, in, kernel, kernel);
    }
}
