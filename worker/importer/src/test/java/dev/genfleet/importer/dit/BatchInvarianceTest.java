package dev.genfleet.importer.dit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.DataType;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A row's prediction is the same to the last bit however many rows run with it and wherever it stands among them: jobs that share
 * forwards get the picture that they would get alone.
 */
class BatchInvarianceTest {

    private static final int MOST_ROWS = 16;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"192, 6, 2, 8, 2", "192, 6, 2, 8, 1", "384, 6, 2, 32, 2", "1152, 16, 2, 16, 2"})
    void keepsEveryBitOfARow(int width, int heads, int patch, int side, int threads) throws Exception {
        keepsEveryBit(new DitArchitecture(RandomDit.shape(width, 2, heads, patch, side)), threads);
    }

    @ParameterizedTest
    @EnumSource(
            value = DitConditioning.class,
            names = {"ADALN", "CROSS_ATTENTION", "IN_CONTEXT"})
    void keepsEveryBitOfARowInEveryKindOfBlock(DitConditioning conditioning) throws Exception {
        keepsEveryBit(new DitArchitecture(RandomDit.shape(192, 2, 6, 2, 16)).with(conditioning), 2);
    }

    private void keepsEveryBit(DitArchitecture dit, int threads) throws Exception {
        Path model = RandomDit.emit(folder, dit, RandomDit.weights(dit), DataType.F32);
        Map<String, Tensor> all = RandomDit.inputs(dit.shape(), MOST_ROWS);
        try (OrtGraph graph = new OrtGraph(model, threads)) {
            Tensor together = graph.run(all);
            for (int rows : new int[] {1, 2, 3, 5, 8}) {
                for (int from = 0; from + rows <= MOST_ROWS; from += rows) {
                    assertThat(graph.run(part(all, from, from + rows)).values())
                            .as("rows %d to %d, alone and among %d", from, from + rows - 1, MOST_ROWS)
                            .isEqualTo(together.rows(from, from + rows).values());
                }
            }
        }
    }

    static Map<String, Tensor> part(Map<String, Tensor> inputs, int from, int to) {
        return inputs.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, input -> input.getValue()
                .rows(from, to)));
    }
}
