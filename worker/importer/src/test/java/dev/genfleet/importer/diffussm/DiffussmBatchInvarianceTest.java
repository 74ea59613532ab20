package dev.genfleet.importer.diffussm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A row's prediction is the same to the last bit however many rows run with it and wherever it stands among them. */
class DiffussmBatchInvarianceTest {

    private static final int MOST_ROWS = 5;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "classes, 192, 8, 8, 2",
        "classes, 192, 8, 8, 1",
        "classes, 384, 16, 16, 2",
        "classes, 1152, 8, 16, 2",
        "classes, 192, 9, 14, 2",
        "captions, 192, 8, 8, 2"
    })
    void keepsEveryBitOfARow(String conditions, int width, int rows, int columns, int threads) throws Exception {
        DiffussmShape classes = RandomDiffussm.shape(width, 2, rows, columns);
        DiffussmShape shape =
                conditions.equals("classes") ? classes : RandomDiffussm.captioned(classes, width / 64, 48, 80);
        Path model = RandomDiffussm.emit(folder, shape, RandomDiffussm.weights(shape));
        Map<String, Tensor> all = RandomDiffussm.inputs(shape, MOST_ROWS);
        try (OrtGraph graph = new OrtGraph(model, threads)) {
            Tensor together = graph.run(all);
            for (int count = 1; count <= 3; count++) {
                for (int from = 0; from + count <= MOST_ROWS; from++) {
                    assertThat(graph.run(part(all, from, from + count)).values())
                            .as("rows %d to %d, alone and among %d", from, from + count - 1, MOST_ROWS)
                            .isEqualTo(together.rows(from, from + count).values());
                }
            }
        }
    }

    private static Map<String, Tensor> part(Map<String, Tensor> inputs, int from, int to) {
        return inputs.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, input -> input.getValue()
                .rows(from, to)));
    }
}
