package dev.genfleet.importer.pixart;

import dev.genfleet.importer.BatchInvariance;
import dev.genfleet.importer.RandomWeights;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.adalnsingle.SmallModels;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs that share forwards get the picture that they would get alone. */
class PixArtBatchInvarianceTest {

    private static final int MOST_ROWS = 10;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"192, 6, 8, 12, 2", "192, 6, 8, 12, 1", "1152, 16, 16, 8, 2"})
    void keepsEveryBitOfARow(int width, int heads, int rows, int columns, int threads) throws Exception {
        PixArtArchitecture pixart = new PixArtArchitecture(
                SmallModels.shape(width, heads, 8), MicroConditions.RESOLUTION_AND_ASPECT_RATIO, 7);
        Path model = SmallModels.emit(folder, pixart, RandomWeights.of(pixart));
        Map<String, Tensor> inputs = SmallModels.inputs(MOST_ROWS, 40, rows, columns);
        float[] sides = new float[2 * MOST_ROWS];
        float[] aspects = new float[MOST_ROWS];
        for (int i = 0; i < MOST_ROWS; i++) {
            sides[2 * i] = 512 + 64 * i;
            sides[2 * i + 1] = 1024 - 32 * i;
            aspects[i] = sides[2 * i] / sides[2 * i + 1];
        }
        inputs.put("resolution", new Tensor(sides, MOST_ROWS, 2));
        inputs.put("aspect_ratio", new Tensor(aspects, MOST_ROWS, 1));
        BatchInvariance.assertHolds(model, threads, inputs);
    }
}
