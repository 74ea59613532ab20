package dev.genfleet.importer.onnx;

import java.util.Objects;

/**
 * A tensor inside a graph: an input, an initialiser or what a node puts out.
 *
 * @param name unique within its graph
 */
public record Value(String name) {
    public Value {
        Objects.requireNonNull(name, "name");
    }
}
