package dev.genfleet.importer.autoencoder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.CheckpointException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Dimensions of a decoder, from an autoencoder's {@code config.json} in the form of diffusers.
 *
 * @param channels of each resolution, coarsest first
 * @param resnets residual blocks at each resolution
 * @param groups of every group normalisation
 * @param latentChannels channels of a latent
 * @param scalingFactor latents are divided by it before decoding
 */
public record DecoderShape(List<Integer> channels, int resnets, int groups, int latentChannels, double scalingFactor) {

    public DecoderShape {
        channels = List.copyOf(channels);
    }

    /** Pixels per latent cell along each side. */
    public int downsampling() {
        return 1 << (channels.size() - 1);
    }

    /** Reads the dimensions; {@code weights} is the file that {@code config} lies beside. */
    public static DecoderShape of(JsonNode config, Path weights) throws CheckpointException {
        JsonNode listed = config.path("block_out_channels");
        if (!listed.isArray() || listed.isEmpty() || listed.size() > 8) {
            throw new CheckpointException("config.json beside " + weights
                    + " must give block_out_channels, one to eight numbers, but has " + listed);
        }
        if (config.hasNonNull("shift_factor")) {
            throw new CheckpointException("config.json beside " + weights + " has shift_factor "
                    + config.get("shift_factor") + ", but only autoencoders without one are known");
        }
        int groups = natural(config, "norm_num_groups", 32, weights);
        List<Integer> channels = new ArrayList<>();
        for (JsonNode width : listed) {
            if (!width.isInt() || width.asInt() < 1 || width.asInt() % groups != 0) {
                throw new CheckpointException("block_out_channels in config.json beside " + weights + " holds " + width
                        + ", but must hold multiples of norm_num_groups, " + groups);
            }
            channels.add(width.asInt());
        }
        Collections.reverse(channels);
        JsonNode factor = config.path("scaling_factor");
        double scaling = factor.isMissingNode() ? 0.18215 : factor.asDouble();
        if (!(scaling > 0) || !Double.isFinite(scaling)) {
            throw new CheckpointException(
                    "scaling_factor in config.json beside " + weights + " is " + factor + ", but must be positive");
        }
        return new DecoderShape(
                channels,
                natural(config, "layers_per_block", 1, weights) + 1,
                groups,
                natural(config, "latent_channels", 4, weights),
                scaling);
    }

    private static int natural(JsonNode config, String field, int otherwise, Path weights) throws CheckpointException {
        JsonNode value = config.path(field);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isInt() || value.asInt() < 1 || value.asInt() > 1 << 16) {
            throw new CheckpointException(field + " in config.json beside " + weights + " is " + value
                    + ", but must be a whole number from 1");
        }
        return value.asInt();
    }
}
