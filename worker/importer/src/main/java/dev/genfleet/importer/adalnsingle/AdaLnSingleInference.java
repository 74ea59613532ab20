package dev.genfleet.importer.adalnsingle;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.checkpoint.StoredTensor;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Dimensions of a transformer with adaLN-single from the shapes of its tensors. What leaves no trace there, heads and the trained
 * size, comes from {@code config.json} as diffusers writes it; where that gives a dimension which shapes show too, both must agree.
 *
 * @param model what the checkpoint is taken to be, such as {@code PixArt}
 */
public record AdaLnSingleInference(String model, Checkpoint checkpoint, JsonNode config) {

    /**
     * Random numbers of the trained caption length that diffusers wrote into its first PixArt checkpoints, {@code [tokens, caption
     * width]}; no forward pass uses them.
     */
    public static final String UNUSED_CAPTION = "caption_projection.y_embedding";

    private static final Pattern BLOCK = Pattern.compile("transformer_blocks\\.(\\d{1,4})\\..*");

    private static final String PATCHES = "pos_embed.proj.weight";
    private static final String CAPTIONS = "caption_projection.linear_1.weight";
    private static final String MLP = "transformer_blocks.0.ff.net.0.proj.weight";
    private static final String OUTPUT = "proj_out.weight";

    private static final int USUAL_HEADS = 16;

    /**
     * All dimensions.
     *
     * @param interpolationScale which the caller has read or derived
     * @throws CheckpointException naming the tensor or the field that does not fit
     */
    public AdaLnSingleShape shape(double interpolationScale) throws CheckpointException {
        List<String> missing = Stream.of(PATCHES, CAPTIONS, MLP, OUTPUT)
                .filter(key -> checkpoint.find(key).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw new CheckpointException(
                    checkpoint.file() + " is not a " + model + " checkpoint; missing: " + String.join(", ", missing));
        }
        refuseOtherDesigns();
        int width = side(PATCHES, 0, 4);
        int channels = side(PATCHES, 1, 4);
        int patch = side(PATCHES, 2, 4);
        AdaLnSingleShape shape;
        try {
            shape = new AdaLnSingleShape(
                    width,
                    depth(),
                    heads(width),
                    patch,
                    channels,
                    outputChannels(patch, channels),
                    side(MLP, 0, 2),
                    side(CAPTIONS, 1, 2),
                    sampleSize(),
                    interpolationScale);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(
                    checkpoint.file() + " with its config.json is no " + model + ": " + e.getMessage(), e);
        }
        agree("in_channels", channels);
        agree("out_channels", shape.outputChannels());
        agree("patch_size", patch);
        agree("num_layers", shape.depth());
        agree("caption_channels", shape.captionWidth());
        agree("cross_attention_dim", width);
        agree("attention_head_dim", width / shape.heads());
        return shape;
    }

    /**
     * Latent cells along each side of the pictures it was trained on.
     *
     * @throws CheckpointException when {@code config.json} does not say
     */
    public int sampleSize() throws CheckpointException {
        JsonNode given = config.path("sample_size");
        if (!given.canConvertToInt() || !given.isIntegralNumber() || given.asInt() < 1 || given.asInt() > 1 << 16) {
            throw new CheckpointException("sample_size in config.json beside " + checkpoint.file() + " is "
                    + (given.isMissingNode() ? "missing" : given)
                    + ", but must be the latent cells along each side, 1 to "
                    + (1 << 16) + ": shapes do not show it");
        }
        return given.asInt();
    }

    /** What captions were padded to in training, where the checkpoint shows it. */
    public OptionalInt captionTokens() throws CheckpointException {
        return checkpoint.find(UNUSED_CAPTION).isPresent()
                ? OptionalInt.of(side(UNUSED_CAPTION, 0, 2))
                : OptionalInt.empty();
    }

    /** Whether {@code config.json} gives that field another value than null. */
    public boolean gives(String field) {
        return config.hasNonNull(field);
    }

    private void refuseOtherDesigns() throws CheckpointException {
        only("activation_fn", "gelu-approximate");
        only("norm_type", "ada_norm_single");
        only("norm_elementwise_affine", "false");
        only("only_cross_attention", "false");
        only("double_self_attention", "false");
        only("attention_type", "default");
        JsonNode epsilon = config.path("norm_eps");
        if (gives("norm_eps") && (!epsilon.isNumber() || epsilon.asDouble() != 1e-6)) {
            throw refused("norm_eps", epsilon, "0.000001");
        }
    }

    private void only(String field, String allowed) throws CheckpointException {
        if (gives(field) && !config.path(field).asText().equals(allowed)) {
            throw refused(field, config.path(field), allowed);
        }
    }

    private void agree(String field, int found) throws CheckpointException {
        if (gives(field)
                && (!config.path(field).isIntegralNumber() || config.path(field).asLong() != found)) {
            throw refused(field, config.path(field), found + ", as the tensors have it");
        }
    }

    private CheckpointException refused(String field, JsonNode given, String allowed) {
        return new CheckpointException(
                field + " in config.json beside " + checkpoint.file() + " is " + given + ", but must be " + allowed);
    }

    private int outputChannels(int patch, int channels) throws CheckpointException {
        int rows = side(OUTPUT, 0, 2);
        long cells = (long) patch * patch;
        if (rows != cells * channels && rows != 2 * cells * channels) {
            throw new CheckpointException(OUTPUT + " of " + checkpoint.file() + " has " + rows + " rows, but "
                    + cells * channels + " or, with a learned variance, " + 2 * cells * channels + " are expected");
        }
        return (int) (rows / cells);
    }

    private int heads(int width) throws CheckpointException {
        JsonNode given = config.path("num_attention_heads");
        if (!gives("num_attention_heads")) {
            return USUAL_HEADS;
        }
        if (!given.isIntegralNumber() || !given.canConvertToInt() || given.asInt() < 1 || width % given.asInt() != 0) {
            throw refused("num_attention_heads", given, "a whole number that divides the hidden size " + width);
        }
        return given.asInt();
    }

    private int depth() {
        return checkpoint.depth(BLOCK);
    }

    private int side(String key, int axis, int count) throws CheckpointException {
        StoredTensor tensor = checkpoint.find(key).orElseThrow();
        if (tensor.shape().size() != count) {
            throw new CheckpointException(key + " of " + checkpoint.file() + " has shape " + tensor.shape()
                    + ", but must have " + count + " dimensions");
        }
        long side = tensor.shape().get(axis);
        if (side < 1 || side > 1 << 20) {
            throw new CheckpointException(
                    key + " of " + checkpoint.file() + " has a side of " + side + ", but 1 to 2^20 is possible");
        }
        return (int) side;
    }
}
