package dev.genfleet.importer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** A row's outputs are the same to the last bit however many rows run with it and wherever it stands among them. */
public final class BatchInvariance {

    private BatchInvariance() {}

    /** Opens the graph with so many threads, see {@link #assertHolds(OrtGraph, Map)}. */
    public static void assertHolds(Path model, int threads, Map<String, Tensor> all) throws OrtException {
        try (OrtGraph graph = new OrtGraph(model, threads)) {
            assertHolds(graph, all);
        }
    }

    /**
     * Runs all rows together and in groups of 1, 2, 3, 5 and 8.
     *
     * @param all inputs by name, each with the same number of rows
     */
    public static void assertHolds(OrtGraph graph, Map<String, Tensor> all) throws OrtException {
        int most = all.values().iterator().next().rows();
        Map<String, Tensor> together = graph.runAll(all);
        for (int rows : new int[] {1, 2, 3, 5, 8}) {
            for (int from = 0; from + rows <= most; from += rows) {
                Map<String, Tensor> group = graph.runAll(part(all, from, from + rows));
                for (Map.Entry<String, Tensor> output : together.entrySet()) {
                    assertThat(group.get(output.getKey()).values())
                            .as("%s of rows %d to %d, alone and among %d", output.getKey(), from, from + rows - 1, most)
                            .isEqualTo(output.getValue().rows(from, from + rows).values());
                }
            }
        }
    }

    private static Map<String, Tensor> part(Map<String, Tensor> inputs, int from, int to) {
        return inputs.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, input -> input.getValue()
                .rows(from, to)));
    }
}
