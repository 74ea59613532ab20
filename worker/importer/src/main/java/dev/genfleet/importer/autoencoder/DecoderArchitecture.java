package dev.genfleet.importer.autoencoder;

import dev.genfleet.importer.family.Architecture;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Weights;
import java.util.Objects;

/**
 * The decoder of an AutoencoderKL (Rombach et al. 2022, section 3.1) in the layout of diffusers.
 *
 * @param shape its dimensions
 */
public record DecoderArchitecture(AutoencoderShape shape) implements Architecture {

    public static final String LATENTS = "latents";
    public static final String PIXELS = "pixels";

    public DecoderArchitecture {
        Objects.requireNonNull(shape, "shape");
    }

    @Override
    public String family() {
        return "AutoencoderKL decoder";
    }

    @Override
    public String describe() {
        return "AutoencoderKL decoder of widths " + shape.channels();
    }

    @Override
    public void write(Weights weights, GraphBuilder graph) {
        new DecoderGraph(shape, weights, graph).build();
    }

    /** The encoder's half. */
    @Override
    public boolean leavesOut(String key) {
        return key.startsWith("encoder.") || key.startsWith("quant_conv.");
    }
}
