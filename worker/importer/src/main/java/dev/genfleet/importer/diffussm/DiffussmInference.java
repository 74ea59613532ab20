package dev.genfleet.importer.diffussm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.checkpoint.StoredTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Dimensions of a DiffuSSM from the shapes of its tensors; the latent size alone leaves no trace there. */
record DiffussmInference(Checkpoint checkpoint, JsonNode config) {

    private static final Pattern BLOCK = Pattern.compile("blocks\\.(\\d{1,4})\\..*");
    private static final int USUAL_SIDE = 32;

    private static final String INPUT = "x_embedder.weight";
    private static final String DOWN = "blocks.0.down.weight";
    private static final String STATES = "blocks.0.ssm_fwd.log_A_real";
    private static final String OUTPUT = "final_layer.linear.weight";
    private static final String LABELS = "y_embedder.embedding_table.weight";

    DiffussmShape shape() throws CheckpointException {
        requirePresent();
        int width = side(INPUT, 2, 0);
        int grouping = side(DOWN, 3, 0);
        if (width % 4 != 0 || 2L * width % grouping != 0) {
            throw new CheckpointException(
                    DOWN + " of " + checkpoint.file() + " has " + grouping + " matrices for a hidden size of " + width
                            + ", but the hidden size must be a multiple of 4, and twice it one of their number");
        }
        int inputs = side(INPUT, 2, 1);
        if (inputs % grouping != 0) {
            throw new CheckpointException(INPUT + " of " + checkpoint.file() + " has " + inputs
                    + " columns, but must have a multiple" + " of " + grouping + ", the number of matrices in " + DOWN);
        }
        int channels = inputs / grouping;
        int outputs = side(OUTPUT, 2, 0);
        if (outputs != inputs && outputs != 2L * inputs) {
            throw new CheckpointException(OUTPUT + " of " + checkpoint.file() + " has " + outputs + " rows, but "
                    + inputs + " or, with a learned variance, " + 2L * inputs + " are expected");
        }
        LatentSide latent = LatentSide.read(config, checkpoint.file(), grouping, USUAL_SIDE);
        if (!DiffussmShape.fits((long) latent.rows() * latent.columns(), width)) {
            throw new CheckpointException(checkpoint.file() + " of hidden size " + width + " is asked for latents of "
                    + latent.rows() + "x" + latent.columns() + ", which are too many cells for one graph");
        }
        return new DiffussmShape(
                width,
                depth(),
                grouping,
                side(STATES, 2, 1),
                channels,
                outputs / grouping,
                latent.rows(),
                latent.columns(),
                CaptionInference.applies(checkpoint)
                        ? new CaptionInference(checkpoint, config).captions(width)
                        : classes());
    }

    private void requirePresent() throws CheckpointException {
        List<String> missing = new ArrayList<>(List.of(INPUT, DOWN, STATES, OUTPUT));
        if (!CaptionInference.applies(checkpoint)) {
            missing.add(LABELS);
        }
        missing.removeIf(key -> checkpoint.find(key).isPresent());
        if (!missing.isEmpty()) {
            throw new CheckpointException(
                    checkpoint.file() + " is not a DiffuSSM checkpoint; missing: " + String.join(", ", missing));
        }
    }

    /** As for DiT, the last row is taken for "no class" unless {@code num_classes} says otherwise. */
    private Conditions.Classes classes() throws CheckpointException {
        int labels = side(LABELS, 2, 0);
        JsonNode given = config.path("num_classes");
        if (!given.isMissingNode()
                && (!given.isInt() || given.asInt() < 1 || (given.asInt() != labels && given.asInt() != labels - 1))) {
            throw new CheckpointException("num_classes in config.json beside " + checkpoint.file() + " is " + given
                    + ", but the label table has " + labels + " rows: one for each class and perhaps one for none");
        }
        return new Conditions.Classes(labels, given.isMissingNode() ? Math.max(1, labels - 1) : given.asInt());
    }

    private int depth() {
        return checkpoint.depth(BLOCK);
    }

    private int side(String key, int dimensions, int index) throws CheckpointException {
        return side(checkpoint, key, dimensions, index);
    }

    /** One side of a tensor that must be there. */
    static int side(Checkpoint checkpoint, String key, int dimensions, int index) throws CheckpointException {
        StoredTensor tensor = checkpoint
                .find(key)
                .orElseThrow(() ->
                        new CheckpointException(checkpoint.file() + " is not a DiffuSSM checkpoint; missing: " + key));
        if (tensor.shape().size() != dimensions) {
            throw new CheckpointException(key + " of " + checkpoint.file() + " has shape " + tensor.shape()
                    + ", but must have " + dimensions + " dimensions");
        }
        long side = tensor.shape().get(index);
        if (side < 1 || side > 1 << 24) {
            throw new CheckpointException(
                    key + " of " + checkpoint.file() + " has a side of " + side + ", but 1 to 2^24 is possible");
        }
        return (int) side;
    }
}
