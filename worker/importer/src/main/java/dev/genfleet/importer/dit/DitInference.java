package dev.genfleet.importer.dit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.checkpoint.StoredTensor;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a DiT is from the keys and shapes of its tensors. Heads alone leave no trace there: they come from {@code config.json}, or
 * from the published sizes, whose heads are 64 wide (72 in XL). In diffusers' layout the latent size comes from there as well.
 */
record DitInference(Checkpoint checkpoint, JsonNode config, DitLayout layout) {

    private static final String PATCHES = "x_embedder.proj.weight";
    private static final String POSITIONS = "pos_embed";
    private static final String LABELS = "y_embedder.embedding_table.weight";
    private static final String MLP = "blocks.0.mlp.fc1.weight";
    private static final String OUTPUT = "final_layer.linear.weight";
    private static final Pattern MODULATION = Pattern.compile("blocks\\.\\d+\\.adaLN_modulation\\.1\\.weight");
    private static final int LARGEST = 1 << 24;

    DitArchitecture architecture() throws CheckpointException {
        List<String> missing = Stream.of(PATCHES, POSITIONS, LABELS, MLP, OUTPUT)
                .filter(key -> layout == DitLayout.OFFICIAL || !key.equals(POSITIONS))
                .map(this::key)
                .filter(key -> checkpoint.find(key).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw new CheckpointException(
                    checkpoint.file() + " is not a DiT checkpoint; missing: " + String.join(", ", missing));
        }
        DitShape shape = shape();
        return new DitArchitecture(shape, conditioning(shape.width()), layout, DitArithmetic.OFFICIAL);
    }

    private DitShape shape() throws CheckpointException {
        List<Long> patches = sides(PATCHES, 4);
        int width = side(PATCHES, patches.get(0));
        int patch = side(PATCHES, patches.get(2));
        int channels = side(PATCHES, patches.get(1));
        if (width % 4 != 0) {
            throw new CheckpointException("hidden size " + width + " of " + checkpoint.file()
                    + " must be a multiple of 4, as its position embedding has four parts");
        }
        long cells = (long) patch * patch;
        long outputs = sides(OUTPUT, 2).get(0);
        if (outputs != cells * channels && outputs != 2 * cells * channels) {
            throw new CheckpointException(key(OUTPUT) + " of " + checkpoint.file() + " has " + outputs + " rows, but "
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
                grid(patch),
                side(MLP, sides(MLP, 2).get(0)),
                labels,
                classes(labels));
    }

    private int grid(int patch) throws CheckpointException {
        if (layout == DitLayout.OFFICIAL) {
            return DitShape.root(
                    sides(POSITIONS, 3).get(1), "number of tokens in " + POSITIONS + " of " + checkpoint.file());
        }
        JsonNode side = config.path("sample_size");
        if (!side.isInt() || side.asInt() < patch || side.asInt() > LARGEST || side.asInt() % patch != 0) {
            throw new CheckpointException("sample_size in config.json beside " + checkpoint.file() + " is " + side
                    + ", but must be the cells along a latent's side, a multiple of the patch size " + patch);
        }
        return side.asInt() / patch;
    }

    private DitConditioning conditioning(int width) throws CheckpointException {
        if (layout == DitLayout.DIFFUSERS) {
            return DitConditioning.ADALN_ZERO;
        }
        for (StoredTensor tensor : checkpoint.tensors()) {
            if (MODULATION.matcher(tensor.name()).matches()) {
                return modulated(tensor, width);
            }
        }
        if (checkpoint.find("blocks.0.cross_attn.q_linear.weight").isPresent()) {
            return DitConditioning.CROSS_ATTENTION;
        }
        // Without any sign of another kind, what is missing is best told as missing from the usual one.
        return checkpoint.find("blocks.0.norm1.weight").isPresent()
                ? DitConditioning.IN_CONTEXT
                : DitConditioning.ADALN_ZERO;
    }

    private DitConditioning modulated(StoredTensor tensor, int width) throws CheckpointException {
        long rows = tensor.shape().isEmpty() ? 0 : tensor.shape().getFirst();
        for (DitConditioning conditioning : List.of(DitConditioning.ADALN_ZERO, DitConditioning.ADALN)) {
            if (rows == (long) conditioning.modulations() * width) {
                return conditioning;
            }
        }
        throw new CheckpointException(
                tensor.name() + " of " + checkpoint.file() + " has shape " + tensor.shape() + ", but must have "
                        + 6L * width + " rows (adaLN-Zero) or " + 4L * width + " (adaLN) for the hidden size " + width);
    }

    /** Every released model was trained with label dropout, which adds a row; the configuration may say otherwise. */
    private int classes(int labels) throws CheckpointException {
        JsonNode given = config.path(config.has("num_classes") ? "num_classes" : "num_embeds_ada_norm");
        if (given.isMissingNode()) {
            JsonNode dropout = config.path("class_dropout_prob");
            return dropout.isNumber() && dropout.doubleValue() == 0 ? labels : labels - 1;
        }
        if (!given.isInt() || (given.asInt() != labels && given.asInt() != labels - 1)) {
            throw new CheckpointException("num_classes in config.json beside " + checkpoint.file() + " is " + given
                    + ", but the label table has " + labels + " rows: one for each class and perhaps one for none");
        }
        return given.asInt();
    }

    private int depth() {
        Pattern block = Pattern.compile(
                (layout == DitLayout.OFFICIAL ? "blocks" : "transformer_blocks") + "\\.(\\d{1,4})\\..*");
        return checkpoint.depth(block);
    }

    private int heads(int width) throws CheckpointException {
        String name = config.has("num_heads") ? "num_heads" : "num_attention_heads";
        JsonNode given = config.path(name);
        if (!given.isMissingNode()) {
            if (!given.isInt() || given.asInt() < 1 || width % given.asInt() != 0) {
                throw new CheckpointException(name + " in config.json beside " + checkpoint.file() + " is " + given
                        + ", but must divide the hidden size " + width);
            }
            return given.asInt();
        }
        int headWidth = width == DitSize.XL.width() ? 72 : 64;
        if (width % headWidth != 0) {
            throw new CheckpointException("hidden size " + width + " of " + checkpoint.file() + " is no multiple of "
                    + headWidth + ", so a config.json beside it must give num_heads");
        }
        return width / headWidth;
    }

    private List<Long> sides(String official, int count) throws CheckpointException {
        StoredTensor tensor = checkpoint.find(key(official)).orElseThrow();
        if (tensor.shape().size() != count) {
            throw new CheckpointException(tensor.name() + " of " + checkpoint.file() + " has shape " + tensor.shape()
                    + ", but must have " + count + " dimensions");
        }
        return tensor.shape();
    }

    private int side(String official, long side) throws CheckpointException {
        if (side < 1 || side > LARGEST) {
            throw new CheckpointException(key(official) + " of " + checkpoint.file() + " has a side of " + side
                    + ", but 1 to 2^24 is possible");
        }
        return (int) side;
    }

    private String key(String official) {
        return layout == DitLayout.OFFICIAL ? official : DitKeys.diffusers(official);
    }
}
