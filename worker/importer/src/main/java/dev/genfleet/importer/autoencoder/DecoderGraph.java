package dev.genfleet.importer.autoencoder;

import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.onnx.ConvLayers;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Value;
import dev.genfleet.importer.onnx.Weights;
import java.util.List;

/**
 * The decoder of an AutoencoderKL (Rombach et al. 2022, section 3.1; layout of diffusers): {@code latents [batch, C, h, w]},
 * already divided by the scaling factor, to {@code pixels [batch, 3, H, W]} of about -1 to 1. Batch, height and width are open.
 */
final class DecoderGraph {

    private static final float EPSILON = 1e-6f;

    private final DecoderShape shape;
    private final Weights weights;
    private final GraphBuilder graph;
    private final Layers layers;
    private final ConvLayers convolutions;

    DecoderGraph(DecoderShape shape, Weights weights, GraphBuilder graph) {
        this.shape = shape;
        this.weights = weights;
        this.graph = graph;
        this.layers = new Layers(graph);
        this.convolutions = new ConvLayers(graph);
    }

    void build() {
        Value x = graph.input(
                DecoderArchitecture.LATENTS,
                ElementType.FLOAT,
                List.of("batch", shape.latentChannels(), "height", "width"));
        int deepest = shape.channels().getFirst();
        if (weights.has("post_quant_conv.weight")) {
            x = convolve(x, "post_quant_conv", shape.latentChannels(), shape.latentChannels(), 1);
        }
        x = convolve(x, "decoder.conv_in", shape.latentChannels(), deepest, 3);
        x = resnet(x, "decoder.mid_block.resnets.0", deepest, deepest);
        if (weights.has("decoder.mid_block.attentions.0.group_norm.weight")) {
            x = attention(x, deepest);
        }
        x = resnet(x, "decoder.mid_block.resnets.1", deepest, deepest);
        int width = deepest;
        for (int level = 0; level < shape.channels().size(); level++) {
            int out = shape.channels().get(level);
            x = level(x, "decoder.up_blocks." + level, width, out);
            if (level < shape.channels().size() - 1) {
                String upsampler = "decoder.up_blocks." + level + ".upsamplers.0.conv";
                x = convolve(convolutions.upsample(x), upsampler, out, out, 3);
            }
            width = out;
        }
        graph.enter("decoder");
        x = convolve(layers.silu(norm(x, "decoder.conv_norm_out", width)), "decoder.conv_out", width, 3, 3);
        graph.output(x, DecoderArchitecture.PIXELS, List.of("batch", 3, "picture_height", "picture_width"));
    }

    private Value level(Value x, String key, int in, int out) {
        Value result = x;
        for (int i = 0; i < shape.resnets(); i++) {
            result = resnet(result, key + ".resnets." + i, i == 0 ? in : out, out);
        }
        return result;
    }

    private Value resnet(Value x, String key, int in, int out) {
        graph.enter(key);
        Value hidden = convolve(layers.silu(norm(x, key + ".norm1", in)), key + ".conv1", in, out, 3);
        hidden = convolve(layers.silu(norm(hidden, key + ".norm2", out)), key + ".conv2", out, out, 3);
        return layers.add(hidden, in == out ? x : convolve(x, key + ".conv_shortcut", in, out, 1));
    }

    /** One head over all cells of the coarsest resolution. */
    private Value attention(Value x, int width) {
        String key = "decoder.mid_block.attentions.0";
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

    private Value convolve(Value x, String key, int in, int out, int kernel) {
        return convolutions.convolve(
                x, weights.take(key + ".weight", out, in, kernel, kernel), weights.take(key + ".bias", out));
    }
}
