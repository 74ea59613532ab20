package dev.genfleet.importer.autoencoder;

import dev.genfleet.importer.autoencoder.AutoencoderShape.Part;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Value;
import dev.genfleet.importer.onnx.Weights;
import java.util.List;

/**
 * The decoder of an AutoencoderKL (Rombach et al. 2022, section 3.1; layout of diffusers): {@code latents [batch, C, h, w]},
 * already divided by the scaling factor, to {@code pixels [batch, 3, H, W]} of about -1 to 1. Batch, height and width are open.
 */
final class DecoderGraph {

    private final AutoencoderShape shape;
    private final GraphBuilder graph;
    private final AutoencoderBlocks blocks;

    DecoderGraph(AutoencoderShape shape, Weights weights, GraphBuilder graph) {
        this.shape = shape;
        this.graph = graph;
        this.blocks = new AutoencoderBlocks(shape, weights, graph);
    }

    void build() {
        int latent = shape.latentChannels();
        Value x = graph.input(
                DecoderArchitecture.LATENTS, ElementType.FLOAT, List.of("batch", latent, "height", "width"));
        List<Integer> widths = shape.channels().reversed();
        int width = widths.getFirst();
        if (shape.has(Part.POST_QUANT_CONV)) {
            x = blocks.convolve(x, "post_quant_conv", latent, latent, 1);
        }
        x = blocks.convolve(x, "decoder.conv_in", latent, width, 3);
        x = blocks.middle(x, "decoder.mid_block", width);
        for (int level = 0; level < widths.size(); level++) {
            int out = widths.get(level);
            String key = "decoder.up_blocks." + level;
            x = blocks.resnets(x, key, shape.layers() + 1, width, out);
            if (level < widths.size() - 1) {
                x = blocks.upsample(x, key + ".upsamplers.0.conv", out);
            }
            width = out;
        }
        graph.enter("decoder");
        x = blocks.activated(x, "decoder.conv_norm_out", "decoder.conv_out", width, 3);
        graph.output(x, DecoderArchitecture.PIXELS, List.of("batch", 3, "picture_height", "picture_width"));
    }
}
