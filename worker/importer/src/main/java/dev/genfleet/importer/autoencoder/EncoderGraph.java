package dev.genfleet.importer.autoencoder;

import dev.genfleet.importer.autoencoder.AutoencoderShape.Part;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Value;
import dev.genfleet.importer.onnx.Weights;
import java.util.List;

/**
 * The encoder of an AutoencoderKL (Rombach et al. 2022, section 3.1; layout of diffusers): {@code pixels [batch, 3, H, W]} of -1
 * to 1 to {@code mean} and {@code logvar}, both {@code [batch, C, h, w]}, of the normal distribution that latents are drawn from
 * before they are multiplied by the scaling factor. The logarithm of the variance is kept within -30 and 20. Batch, height and
 * width are open; height and width must be multiples of the downsampling.
 */
final class EncoderGraph {

    private static final float LEAST_LOGVAR = -30;
    private static final float MOST_LOGVAR = 20;

    private final AutoencoderShape shape;
    private final GraphBuilder graph;
    private final AutoencoderBlocks blocks;

    EncoderGraph(AutoencoderShape shape, Weights weights, GraphBuilder graph) {
        this.shape = shape;
        this.graph = graph;
        this.blocks = new AutoencoderBlocks(shape, weights, graph);
    }

    void build() {
        Value x = graph.input(
                EncoderArchitecture.PIXELS, ElementType.FLOAT, List.of("batch", 3, "picture_height", "picture_width"));
        List<Integer> widths = shape.channels();
        int width = widths.getFirst();
        x = blocks.convolve(x, "encoder.conv_in", 3, width, 3);
        for (int level = 0; level < widths.size(); level++) {
            int out = widths.get(level);
            String key = "encoder.down_blocks." + level;
            x = blocks.resnets(x, key, shape.layers(), width, out);
            if (level < widths.size() - 1) {
                x = blocks.downsample(x, key + ".downsamplers.0.conv", out);
            }
            width = out;
        }
        x = blocks.middle(x, "encoder.mid_block", width);
        graph.enter("encoder");
        int moments = 2 * shape.latentChannels();
        x = blocks.activated(x, "encoder.conv_norm_out", "encoder.conv_out", width, moments);
        if (shape.has(Part.QUANT_CONV)) {
            x = blocks.convolve(x, "quant_conv", moments, moments, 1);
        }
        List<Value> halves = new Layers(graph).split(x, 2);
        Value logvar = graph.node(
                "Clip",
                List.of(halves.get(1), graph.floats(new float[] {LEAST_LOGVAR}), graph.floats(new float[] {MOST_LOGVAR
                })));
        List<Object> latents = List.of("batch", shape.latentChannels(), "height", "width");
        graph.output(halves.get(0), EncoderArchitecture.MEAN, latents);
        graph.output(logvar, EncoderArchitecture.LOGVAR, latents);
    }
}
