package dev.genfleet.importer.family;

import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Weights;

/**
 * A network with all its dimensions: what it takes from a checkpoint, and how its forward pass is written. Immutable.
 *
 * <p>Writing needs keys and shapes only, so the same code emits a graph for a checkpoint on disk and for a blueprint of a
 * published size whose weights nobody has.
 */
public interface Architecture {

    /** The architecture's family in lower case, such as {@code dit}. */
    String family();

    /** The configuration in words, such as {@code DiT-S/2 at latents of 32x32}. */
    String describe();

    /** Adds the forward pass to an empty graph. */
    void write(Weights weights, GraphBuilder graph);

    /** Whether a checkpoint may hold a tensor of that key although {@link #write} does not take it. */
    default boolean leavesOut(String key) {
        return false;
    }
}
