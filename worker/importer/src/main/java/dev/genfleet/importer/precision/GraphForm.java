package dev.genfleet.importer.precision;

import dev.genfleet.importer.onnx.Graph;
import java.io.IOException;
import java.util.Objects;

/**
 * The form in which a graph is written.
 *
 * @param precision of weights and activations
 * @param operators that it is made of
 */
public record GraphForm(Precision precision, Operators operators) {

    /** As families write their graphs. */
    public static final GraphForm AS_WRITTEN = new GraphForm(Precision.FP32, Operators.FUSED);

    public GraphForm {
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(operators, "operators");
    }

    /**
     * The graph in this form. Inputs and outputs keep their names and types.
     *
     * @param graph as a family wrote it
     * @throws IOException when the checkpoint cannot be read
     */
    public FormedGraph apply(Graph graph) throws IOException {
        Graph formed = operators == Operators.PLAIN ? new PlainForm(graph).rewrite() : graph;
        return switch (precision) {
            case FP32 -> FormedGraph.withoutWarnings(formed);
            case FP16 -> new HalfForm(formed).rewrite();
            case INT8 -> new IntegerForm(formed, new RowwiseProducts(operators)).rewrite();
            case INT8_WEIGHT_ONLY -> new IntegerForm(formed, new StoredIntegers(operators)).rewrite();
        };
    }
}
