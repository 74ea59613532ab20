package dev.genfleet.importer.autoencoder;

import dev.genfleet.importer.family.Architecture;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Weights;
import java.util.Objects;

/**
 * The encoder of an AutoencoderKL (Rombach et al. 2022, section 3.1) in the layout of diffusers.
 *
 * @param shape its dimensions
 */
public record EncoderArchitecture(AutoencoderShape shape) implements Architecture {

    public static final String PIXELS = "pixels";
    public static final String MEAN = "mean";
    public static final String LOGVAR = "logvar";

    public EncoderArchitecture {
        Objects.requireNonNull(shape, "shape");
    }

    @Override
    public String family() {
        return "AutoencoderKL encoder";
    }

    @Override
    public String describe() {
        return "AutoencoderKL encoder of widths " + shape.channels();
    }

    @Override
    public void write(Weights weights, GraphBuilder graph) {
        new EncoderGraph(shape, weights, graph).build();
    }

    /** The decoder's half. */
    @Override
    public boolean leavesOut(String key) {
        return key.startsWith("decoder.") || key.startsWith("post_quant_conv.");
    }
}
