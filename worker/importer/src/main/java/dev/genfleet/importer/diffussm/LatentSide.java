package dev.genfleet.importer.diffussm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.CheckpointException;
import java.nio.file.Path;

/**
 * The latent size that a configuration asks for.
 *
 * @param rows cells along a column
 * @param columns cells along a row
 */
record LatentSide(int rows, int columns) {

    private static final int LARGEST = 1024;

    /** Reads {@code input_size}, as DiT calls it, or {@code sample_size}, as diffusers does: one number, or height and width. */
    static LatentSide read(JsonNode config, Path file, int grouping, int usual) throws CheckpointException {
        String field = config.has("input_size") ? "input_size" : "sample_size";
        JsonNode given = config.path(field);
        if (given.isMissingNode()) {
            if (usual % grouping != 0) {
                throw new CheckpointException("rows of " + usual + " cells do not divide into groups of " + grouping
                        + ", so a config.json beside " + file + " must give input_size");
            }
            return new LatentSide(usual, usual);
        }
        JsonNode height = given.isArray() ? given.path(0) : given;
        JsonNode width = given.isArray() ? given.path(1) : given;
        if ((given.isArray() && given.size() != 2)
                || !possible(height)
                || !possible(width)
                || width.asInt() % grouping != 0) {
            throw new CheckpointException(field + " in config.json beside " + file + " is " + given
                    + ", but must be a number of latent cells, or height and width, 1 to " + LARGEST
                    + ", the width a multiple of " + grouping);
        }
        return new LatentSide(height.asInt(), width.asInt());
    }

    private static boolean possible(JsonNode side) {
        return side.isInt() && side.asInt() >= 1 && side.asInt() <= LARGEST;
    }
}
