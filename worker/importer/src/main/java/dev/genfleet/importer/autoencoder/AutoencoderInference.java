package dev.genfleet.importer.autoencoder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.autoencoder.AutoencoderShape.Part;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Dimensions of an autoencoder from its {@code config.json} in the form of diffusers, or from the shapes of its tensors. */
record AutoencoderInference(JsonNode config, Checkpoint checkpoint) {

    private static final int USUAL_GROUPS = 32;
    private static final int MOST_LEVELS = 8;

    AutoencoderShape shape() throws CheckpointException {
        refuseUnknown();
        int groups = natural("norm_num_groups", USUAL_GROUPS);
        return new AutoencoderShape(
                channels(groups),
                natural("layers_per_block", layers()),
                groups,
                natural("latent_channels", latentChannels()),
                scaling(),
                parts());
    }

    private void refuseUnknown() throws CheckpointException {
        for (String field : List.of("shift_factor", "latents_mean", "latents_std")) {
            if (config.hasNonNull(field)) {
                throw new CheckpointException(field + " in config.json beside " + checkpoint.file() + " is "
                        + config.get(field) + ", but only autoencoders without one are known");
            }
        }
        if (config.hasNonNull("act_fn")
                && !Set.of("silu", "swish").contains(config.get("act_fn").asText())) {
            throw new CheckpointException("act_fn in config.json beside " + checkpoint.file() + " is "
                    + config.get("act_fn") + ", but must be silu");
        }
    }

    private List<Integer> channels(int groups) throws CheckpointException {
        boolean given = config.hasNonNull("block_out_channels");
        List<Integer> channels = given ? givenChannels() : storedChannels();
        for (int width : channels) {
            if (width % groups != 0) {
                throw new CheckpointException((given ? "block_out_channels in config.json beside " : "the widths of ")
                        + checkpoint.file() + " are " + channels + ", but must be multiples of norm_num_groups, "
                        + groups);
            }
        }
        return channels;
    }

    private List<Integer> givenChannels() throws CheckpointException {
        JsonNode listed = config.get("block_out_channels");
        List<Integer> channels = new ArrayList<>();
        for (JsonNode width : listed) {
            channels.add(width.isInt() && width.asInt() > 0 && width.asInt() <= 1 << 16 ? width.asInt() : 0);
        }
        if (!listed.isArray() || channels.isEmpty() || channels.size() > MOST_LEVELS || channels.contains(0)) {
            throw new CheckpointException("block_out_channels in config.json beside " + checkpoint.file() + " is "
                    + listed + ", but must be one to " + MOST_LEVELS + " whole numbers from 1");
        }
        return channels;
    }

    /** The encoder's resolutions, finest first, or where the file holds a decoder alone its resolutions in reverse. */
    private List<Integer> storedChannels() throws CheckpointException {
        List<Integer> channels = new ArrayList<>();
        boolean encoder = side("encoder.conv_in.weight", 0).isPresent();
        String levels = encoder ? "encoder.down_blocks." : "decoder.up_blocks.";
        Optional<Integer> width = side(levels + "0.resnets.0.conv1.weight", 0);
        while (width.isPresent() && channels.size() <= MOST_LEVELS) {
            channels.add(width.get());
            width = side(levels + channels.size() + ".resnets.0.conv1.weight", 0);
        }
        if (channels.isEmpty() || channels.size() > MOST_LEVELS) {
            throw new CheckpointException(
                    checkpoint.file() + " is not an AutoencoderKL in the layout of diffusers: it has " + channels.size()
                            + " levels under " + levels + "N, but needs one to " + MOST_LEVELS);
        }
        return encoder ? channels : channels.reversed();
    }

    private int layers() {
        int encoder = count("encoder.down_blocks.0.resnets.");
        return Math.max(1, encoder > 0 ? encoder : count("decoder.up_blocks.0.resnets.") - 1);
    }

    private int count(String prefix) {
        int found = 0;
        while (found < 1 << 10
                && checkpoint.find(prefix + found + ".conv1.weight").isPresent()) {
            found++;
        }
        return found;
    }

    private int latentChannels() {
        return side("decoder.conv_in.weight", 1)
                .or(() -> side("encoder.conv_out.weight", 0).map(moments -> Math.max(1, moments / 2)))
                .orElse(4);
    }

    private Set<Part> parts() throws CheckpointException {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        if (flag("mid_block_add_attention", "encoder.mid_block.attentions.0.group_norm.weight")
                || flag("mid_block_add_attention", "decoder.mid_block.attentions.0.group_norm.weight")) {
            parts.add(Part.MID_ATTENTION);
        }
        if (flag("use_quant_conv", "quant_conv.weight")) {
            parts.add(Part.QUANT_CONV);
        }
        if (flag("use_post_quant_conv", "post_quant_conv.weight")) {
            parts.add(Part.POST_QUANT_CONV);
        }
        return parts;
    }

    private boolean flag(String field, String key) throws CheckpointException {
        if (!config.hasNonNull(field)) {
            return checkpoint.find(key).isPresent();
        }
        if (!config.get(field).isBoolean()) {
            throw new CheckpointException(field + " in config.json beside " + checkpoint.file() + " is "
                    + config.get(field) + ", but must be true or false");
        }
        return config.get(field).booleanValue();
    }

    private double scaling() throws CheckpointException {
        if (!config.hasNonNull("scaling_factor")) {
            return AutoencoderShape.STABLE_DIFFUSION_SCALING;
        }
        double scaling = config.get("scaling_factor").asDouble();
        if (!(scaling > 0) || !Double.isFinite(scaling)) {
            throw new CheckpointException("scaling_factor in config.json beside " + checkpoint.file() + " is "
                    + config.get("scaling_factor") + ", but must be positive");
        }
        return scaling;
    }

    private int natural(String field, int otherwise) throws CheckpointException {
        if (!config.hasNonNull(field)) {
            return otherwise;
        }
        JsonNode value = config.get(field);
        if (!value.isInt() || value.asInt() < 1 || value.asInt() > 1 << 10) {
            throw new CheckpointException(field + " in config.json beside " + checkpoint.file() + " is " + value
                    + ", but must be a whole number from 1 to 1024");
        }
        return value.asInt();
    }

    /** A side of a convolution's kernel, where the file has one that could be. */
    private Optional<Integer> side(String key, int dimension) {
        return checkpoint
                .find(key)
                .filter(kernel -> kernel.shape().size() == 4)
                .map(kernel -> kernel.shape().get(dimension))
                .filter(side -> side > 0 && side <= 1 << 16)
                .map(Long::intValue);
    }
}
