package dev.genfleet.importer.adalnsingle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import java.nio.file.Path;
import java.util.Map;

/** A row's prediction is the same to the last bit however many rows run with it and wherever it stands among them. */
public final class BatchInvariance {

    /** Rows that the inputs must have. */
    public static final int MOST_ROWS = 10;

    private BatchInvariance() {}

    public static void assertHolds(Path model, int threads, Map<String, Tensor> all) throws Exception {
        try (OrtGraph graph = new OrtGraph(model, threads)) {
            Tensor together = graph.run(all);
            for (int rows : new int[] {1, 2, 3, 5}) {
                for (int from = 0; from + rows <= MOST_ROWS; from += rows) {
                    assertThat(graph.run(RandomCheckpoint.rows(all, from, from + rows))
                                    .values())
                            .as("rows %d to %d, alone and among %d", from, from + rows - 1, MOST_ROWS)
                            .isEqualTo(together.rows(from, from + rows).values());
                }
            }
        }
    }
}
