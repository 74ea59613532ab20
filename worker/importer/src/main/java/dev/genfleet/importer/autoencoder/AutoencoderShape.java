package dev.genfleet.importer.autoencoder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import java.util.List;
import java.util.Set;

/**
 * Dimensions of an AutoencoderKL.
 *
 * @param channels of each resolution, finest first
 * @param layers residual blocks at each resolution of the encoder; the decoder has one more
 * @param groups of every group normalisation
 * @param latentChannels channels of a latent
 * @param scalingFactor latents are multiplied by it after encoding and divided by it before decoding
 * @param parts which of the parts that not every autoencoder has
 */
public record AutoencoderShape(
        List<Integer> channels, int layers, int groups, int latentChannels, double scalingFactor, Set<Part> parts) {

    /** Scaling factor of Stable Diffusion 1 and 2 and of the DiT release. */
    public static final double STABLE_DIFFUSION_SCALING = 0.18215;

    /** Scaling factor of Stable Diffusion XL. */
    public static final double STABLE_DIFFUSION_XL_SCALING = 0.13025;

    private static final int WIDEST_QUICK = 128;

    /** Parts that not every autoencoder has. */
    public enum Part {
        /** Attention over all cells of the coarsest resolution. */
        MID_ATTENTION,
        /** A convolution of one cell after the encoder. */
        QUANT_CONV,
        /** A convolution of one cell before the decoder. */
        POST_QUANT_CONV
    }

    public AutoencoderShape {
        channels = List.copyOf(channels);
        parts = Set.copyOf(parts);
        int divisor = groups;
        if (channels.isEmpty()
                || groups < 1
                || channels.stream().anyMatch(width -> width < 1 || width % divisor != 0)) {
            throw new IllegalArgumentException(
                    "widths " + channels + " must be one or more multiples of the groups, " + groups);
        }
        if (layers < 1 || latentChannels < 1 || !(scalingFactor > 0) || !Double.isFinite(scalingFactor)) {
            throw new IllegalArgumentException("an autoencoder of " + layers + " layers, " + latentChannels
                    + " latent channels and scaling factor " + scalingFactor + " makes no sense");
        }
    }

    /** The autoencoder of Stable Diffusion 1 and 2, which the DiT release shares; XL differs in the scaling factor alone. */
    public static AutoencoderShape stableDiffusion(double scalingFactor) {
        return new AutoencoderShape(List.of(128, 256, 512, 512), 2, 32, 4, scalingFactor, Set.of(Part.values()));
    }

    /**
     * Reads the dimensions from a configuration in the form of diffusers; what it leaves out follows from the tensors' shapes.
     *
     * @param config {@code config.json} beside the checkpoint, or a missing node
     * @throws CheckpointException when a field has no meaning here, or neither source gives a dimension
     */
    public static AutoencoderShape of(JsonNode config, Checkpoint checkpoint) throws CheckpointException {
        return new AutoencoderInference(config, checkpoint).shape();
    }

    /** Pixels per latent cell along each side. */
    public int downsampling() {
        return 1 << (channels.size() - 1);
    }

    /** Whether decoding is a matter of milliseconds for small pictures, as it is not with the widths of Stable Diffusion. */
    public boolean decodesQuickly() {
        return channels.stream().allMatch(width -> width <= WIDEST_QUICK);
    }

    boolean has(Part part) {
        return parts.contains(part);
    }
}
