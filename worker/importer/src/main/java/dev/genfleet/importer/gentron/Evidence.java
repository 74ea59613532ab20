package dev.genfleet.importer.gentron;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.checkpoint.StoredTensor;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What a checkpoint and the {@code config.json} beside it say about dimensions.
 *
 * @param checkpoint the tensors
 * @param config a missing node where there is no file
 */
record Evidence(Checkpoint checkpoint, JsonNode config) {

    private static final Pattern BLOCK = Pattern.compile("blocks\\.(\\d{1,4})\\..*");
    private static final int LARGEST = 1 << 24;

    /** Whether there is a tensor of that key. */
    boolean has(String key) {
        return checkpoint.find(key).isPresent();
    }

    /** Whether a block holds a tensor of that part, such as {@code temp_attn}. */
    boolean anyBlockHas(String part) {
        return checkpoint.tensors().stream()
                .anyMatch(tensor ->
                        BLOCK.matcher(tensor.name()).matches() && tensor.name().contains("." + part + "."));
    }

    /** One more than the highest number of a block. */
    int depth() {
        return checkpoint.depth(BLOCK);
    }

    /** Side {@code index} of a tensor that is there and must have {@code sides} of them. */
    int side(String key, int index, int sides) throws CheckpointException {
        StoredTensor tensor = checkpoint.find(key).orElseThrow();
        if (tensor.shape().size() != sides) {
            throw new CheckpointException(key + " of " + checkpoint.file() + " has shape " + tensor.shape()
                    + ", but must have " + sides + " dimensions");
        }
        long side = tensor.shape().get(index);
        if (side < 1 || side > LARGEST) {
            throw new CheckpointException(
                    key + " of " + checkpoint.file() + " has a side of " + side + ", but 1 to 2^24 is possible");
        }
        return (int) side;
    }

    /** A whole number from 1 to {@code most} of the configuration, under the first of these names that it has. */
    OptionalInt number(int most, String... names) throws CheckpointException {
        for (String name : List.of(names)) {
            JsonNode given = config.path(name);
            if (given.isMissingNode() || given.isNull()) {
                continue;
            }
            if (!given.isInt() || given.asInt() < 1 || given.asInt() > most) {
                throw wrong(name, given.toString(), "must be a whole number from 1 to " + most);
            }
            return OptionalInt.of(given.asInt());
        }
        return OptionalInt.empty();
    }

    /** The refusal of what the configuration says. */
    CheckpointException wrong(String name, String found, String allowed) {
        return new CheckpointException(
                name + " in config.json beside " + checkpoint.file() + " is " + found + ", but " + allowed);
    }
}
