package dev.genfleet.importer.dit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.checkpoint.StoredTensor;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Dimensions of a DiT from the shapes of its tensors. Heads alone leave no trace there: they come from {@code config.json}, or
 * from the published sizes, whose heads are 64 wide (72 in XL).
 */
record DitInference(Checkpoint checkpoint, JsonNode config) {

    private static final Pattern BLOCK = Pattern.compile("blocks\\.(\\d{1,4})\\..*");

    private static final String PATCHES = "x_embedder.proj.weight";
    private static final String POSITIONS = "pos_embed";
    private static final String LABELS = "y_embedder.embedding_table.weight";
    private static final String MLP = "blocks.0.mlp.fc1.weight";
    private static final String OUTPUT = "final_layer.linear.weight";

    DitShape shape() throws CheckpointException {
        List<String> missing = Stream.of(PATCHES, POSITIONS, LABELS, MLP, OUTPUT)
                .filter(key -> checkpoint.find(key).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw new CheckpointException(
                    checkpoint.file() + " is not a DiT checkpoint; missing: " + String.join(", ", missing));
        }
        List<Long> patches = sides(PATCHES, 4);
        int width = side(PATCHES, patches.get(0));
        int patch = side(PATCHES, patches.get(2));
        int channels = side(PATCHES, patches.get(1));
        long tokens = sides(POSITIONS, 3).get(1);
        long cells = (long) patch * patch;
        long outputs = sides(OUTPUT, 2).get(0);
        if (outputs != cells * channels && outputs != 2 * cells * channels) {
            throw new CheckpointException(OUTPUT + " of " + checkpoint.file() + " has " + outputs + " rows, but "
                    + cells * channels + " or, with a learned variance, " + 2 * cells * channels + " are expected");
        }
        int labels = side(LABELS, sides(LABELS, 2).get(0));
        return new DitShape(
                width,
                depth(),
                heads(width),
                patch,
                channels,
                (int) (outputs / cells),
                DitShape.root(tokens, "number of tokens in " + POSITIONS + " of " + checkpoint.file()),
                side(MLP, sides(MLP, 2).get(0)),
                labels,
                classes(labels));
    }

    /** Every released model was trained with label dropout, which adds a row; {@code num_classes} may say otherwise. */
    private int classes(int labels) throws CheckpointException {
        JsonNode given = config.path(config.has("num_classes") ? "num_classes" : "num_embeds_ada_norm");
        if (given.isMissingNode()) {
            return labels - 1;
        }
        if (!given.isInt() || (given.asInt() != labels && given.asInt() != labels - 1)) {
            throw new CheckpointException("num_classes in config.json beside " + checkpoint.file() + " is " + given
                    + ", but the label table has " + labels + " rows: one for each class and perhaps one for none");
        }
        return given.asInt();
    }

    private int depth() {
        return checkpoint.tensors().stream()
                        .map(tensor -> BLOCK.matcher(tensor.name()))
                        .filter(Matcher::matches)
                        .mapToInt(block -> Integer.parseInt(block.group(1)))
                        .max()
                        .orElse(-1)
                + 1;
    }

    private int heads(int width) throws CheckpointException {
        JsonNode given = config.path(config.has("num_heads") ? "num_heads" : "num_attention_heads");
        if (!given.isMissingNode()) {
            if (!given.isIntegralNumber() || given.asInt() < 1 || width % given.asInt() != 0) {
                throw new CheckpointException("num_heads in config.json beside " + checkpoint.file() + " is " + given
                        + ", but must divide the hidden size " + width);
            }
            return given.asInt();
        }
        int headWidth = width == 1152 ? 72 : 64;
        if (width % headWidth != 0) {
            throw new CheckpointException("hidden size " + width + " of " + checkpoint.file() + " is no multiple of "
                    + headWidth + ", so a config.json beside it must give num_heads");
        }
        return width / headWidth;
    }

    private List<Long> sides(String key, int count) throws CheckpointException {
        StoredTensor tensor = checkpoint.find(key).orElseThrow();
        if (tensor.shape().size() != count) {
            throw new CheckpointException(key + " of " + checkpoint.file() + " has shape " + tensor.shape()
                    + ", but must have " + count + " dimensions");
        }
        return tensor.shape();
    }

    private int side(String key, long side) throws CheckpointException {
        if (side < 1 || side > 1 << 24) {
            throw new CheckpointException(
                    key + " of " + checkpoint.file() + " has a side of " + side + ", but 1 to 2^24 is possible");
        }
        return (int) side;
    }
}
