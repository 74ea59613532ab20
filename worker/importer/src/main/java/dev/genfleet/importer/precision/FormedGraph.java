package dev.genfleet.importer.precision;

import dev.genfleet.importer.onnx.Graph;
import java.util.List;
import java.util.Objects;

/**
 * A graph in the form that was asked for.
 *
 * @param graph to be written
 * @param warnings one sentence for each weight that could not take that form
 */
public record FormedGraph(Graph graph, List<String> warnings) {

    public FormedGraph {
        Objects.requireNonNull(graph, "graph");
        warnings = List.copyOf(warnings);
    }

    static FormedGraph withoutWarnings(Graph graph) {
        return new FormedGraph(graph, List.of());
    }
}
