package dev.genfleet.importer.plain;

import dev.genfleet.importer.autoencoder.AutoencoderShape;
import dev.genfleet.importer.autoencoder.EncoderArchitecture;
import java.util.Map;

/** The encoder of an AutoencoderKL (Rombach et al. 2022, section 3.1; layout of diffusers). */
record EncoderReading(AutoencoderShape shape, PlainWeights weights) implements PlainReading {

    private static final int COLOURS = 3;
    private static final int HEIGHT = 6;
    private static final int WIDTH = 8;
    private static final double LEAST_LOGVAR = -30;
    private static final double MOST_LOGVAR = 20;

    @Override
    public Map<String, PlainTensor> inputs(long seed) {
        int cell = shape.downsampling();
        return new RandomInputs(seed)
                .normal(EncoderArchitecture.PIXELS, RandomInputs.ROWS, COLOURS, HEIGHT * cell, WIDTH * cell)
                .inputs();
    }

    @Override
    public Map<String, PlainTensor> outputs(Map<String, PlainTensor> inputs) {
        AutoencoderParts parts = new AutoencoderParts(shape.groups(), weights);
        PlainTensor x = Convolutions.same(inputs.get(EncoderArchitecture.PIXELS), weights, "encoder.conv_in");
        for (int level = 0; level < shape.channels().size(); level++) {
            String key = "encoder.down_blocks." + level;
            x = parts.resnets(x, key, shape.layers());
            if (level < shape.channels().size() - 1) {
                x = Convolutions.halved(x, weights, key + ".downsamplers.0.conv");
            }
        }
        x = parts.activated(parts.middle(x, "encoder.mid_block"), "encoder.conv_norm_out", "encoder.conv_out");
        if (weights.has("quant_conv.weight")) {
            x = Convolutions.same(x, weights, "quant_conv");
        }
        int[] sides = {x.side(0), shape.latentChannels(), x.side(2), x.side(3)};
        PlainTensor rows = x.reshaped(x.side(0), -1);
        PlainTensor logvar = rows.chunk(1, 2).map(y -> Math.clamp(y, LEAST_LOGVAR, MOST_LOGVAR));
        return Map.of(
                EncoderArchitecture.MEAN, rows.chunk(0, 2).reshaped(sides),
                EncoderArchitecture.LOGVAR, logvar.reshaped(sides));
    }
}
