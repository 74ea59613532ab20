package dev.genfleet.importer.diffussm;

import dev.genfleet.importer.BatchInvariance;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A row's prediction is the same to the last bit however many rows run with it and wherever it stands among them. */
class DiffussmBatchInvarianceTest {

    private static final int MOST_ROWS = 6;

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
        BatchInvariance.assertHolds(model, threads, RandomDiffussm.inputs(shape, MOST_ROWS));
    }
}
