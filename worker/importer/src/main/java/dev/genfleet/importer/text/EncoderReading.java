package dev.genfleet.importer.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.checkpoint.StoredTensor;
import java.util.regex.Pattern;

/** Numbers from a text encoder's tensors and from its configuration, each checked where it is read. */
record EncoderReading(Checkpoint checkpoint, JsonNode config) {

    private static final int LARGEST_SIDE = 1 << 24;

    /** Side {@code dimension} of a matrix. */
    int side(String key, int dimension) throws CheckpointException {
        StoredTensor tensor = checkpoint
                .find(key)
                .orElseThrow(() ->
                        new CheckpointException(checkpoint.file() + " is not a whole text encoder; missing: " + key));
        if (tensor.shape().size() != 2) {
            throw new CheckpointException(
                    key + " of " + checkpoint.file() + " has shape " + tensor.shape() + ", but must have 2 dimensions");
        }
        long side = tensor.shape().get(dimension);
        if (side < 1 || side > LARGEST_SIDE) {
            throw new CheckpointException(
                    key + " of " + checkpoint.file() + " has a side of " + side + ", but 1 to 2^24 is possible");
        }
        return (int) side;
    }

    /** One more than the largest number of a layer, the first group of {@code key}. */
    int layers(Pattern key) {
        return checkpoint.depth(key);
    }

    int natural(String field, int otherwise) throws CheckpointException {
        if (!config.hasNonNull(field)) {
            return otherwise;
        }
        JsonNode value = config.get(field);
        if (!value.isInt() || value.asInt() < 1 || value.asInt() > LARGEST_SIDE) {
            throw wrong(field, "a whole number from 1");
        }
        return value.asInt();
    }

    float epsilon(String field, float otherwise) throws CheckpointException {
        if (!config.hasNonNull(field)) {
            return otherwise;
        }
        JsonNode value = config.get(field);
        if (!value.isNumber() || !(value.floatValue() > 0) || value.floatValue() > 1) {
            throw wrong(field, "a number above 0 and at most 1");
        }
        return value.floatValue();
    }

    CheckpointException wrong(String field, String allowed) {
        return new CheckpointException(field + " in config.json beside " + checkpoint.file() + " is "
                + config.path(field) + ", but must be " + allowed);
    }
}
