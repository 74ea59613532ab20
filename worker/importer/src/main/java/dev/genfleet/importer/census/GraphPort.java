package dev.genfleet.importer.census;

import java.util.List;

/**
 * An input or output of a graph.
 *
 * @param name as callers see it
 * @param type element type in ONNX's words, lower case, such as {@code float} or {@code int64}
 * @param declared each dimension as the graph declares it: a number, a name, or {@code ?}
 * @param shape dimensions under the numbers that the census was given
 */
public record GraphPort(String name, String type, List<String> declared, List<Long> shape) {

    public GraphPort {
        declared = List.copyOf(declared);
        shape = List.copyOf(shape);
    }
}
