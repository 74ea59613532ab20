package dev.genfleet.importer.plain;

import dev.genfleet.importer.autoencoder.AutoencoderShape;
import dev.genfleet.importer.autoencoder.DecoderArchitecture;
import java.util.Map;

/** The decoder of an AutoencoderKL (Rombach et al. 2022, section 3.1; layout of diffusers). */
record DecoderReading(AutoencoderShape shape, PlainWeights weights) implements PlainReading {

    private static final int HEIGHT = 6;
    private static final int WIDTH = 8;

    @Override
    public Map<String, PlainTensor> inputs(long seed) {
        return new RandomInputs(seed)
                .normal(DecoderArchitecture.LATENTS, RandomInputs.ROWS, shape.latentChannels(), HEIGHT, WIDTH)
                .inputs();
    }

    @Override
    public Map<String, PlainTensor> outputs(Map<String, PlainTensor> inputs) {
        AutoencoderParts parts = new AutoencoderParts(shape.groups(), weights);
        PlainTensor x = inputs.get(DecoderArchitecture.LATENTS);
        if (weights.has("post_quant_conv.weight")) {
            x = Convolutions.same(x, weights, "post_quant_conv");
        }
        x = parts.middle(Convolutions.same(x, weights, "decoder.conv_in"), "decoder.mid_block");
        for (int level = 0; level < shape.channels().size(); level++) {
            String key = "decoder.up_blocks." + level;
            x = parts.resnets(x, key, shape.layers() + 1);
            if (level < shape.channels().size() - 1) {
                x = Convolutions.same(Convolutions.doubled(x), weights, key + ".upsamplers.0.conv");
            }
        }
        return Map.of(DecoderArchitecture.PIXELS, parts.activated(x, "decoder.conv_norm_out", "decoder.conv_out"));
    }
}
