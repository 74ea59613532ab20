package dev.genfleet.importer.pixart;

import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.adalnsingle.BatchInvariance;
import dev.genfleet.importer.adalnsingle.RandomCheckpoint;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs that share forwards get the picture that they would get alone. */
class PixArtBatchInvarianceTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"192, 6, 8, 12, 2", "192, 6, 8, 12, 1", "1152, 16, 16, 8, 2"})
    void keepsEveryBitOfARow(int width, int heads, int rows, int columns, int threads) throws Exception {
        PixArtArchitecture pixart = new PixArtArchitecture(
                RandomCheckpoint.shape(width, heads, 8), MicroConditions.RESOLUTION_AND_ASPECT_RATIO, 7);
        Path model = RandomCheckpoint.emit(folder, pixart, RandomCheckpoint.weights(pixart));
        Map<String, Tensor> inputs = RandomCheckpoint.inputs(BatchInvariance.MOST_ROWS, 40, rows, columns);
        float[] sides = new float[2 * BatchInvariance.MOST_ROWS];
        float[] aspects = new float[BatchInvariance.MOST_ROWS];
        for (int i = 0; i < BatchInvariance.MOST_ROWS; i++) {
            sides[2 * i] = 512 + 64 * i;
            sides[2 * i + 1] = 1024 - 32 * i;
            aspects[i] = sides[2 * i] / sides[2 * i + 1];
        }
        inputs.put("resolution", new Tensor(sides, BatchInvariance.MOST_ROWS, 2));
        inputs.put("aspect_ratio", new Tensor(aspects, BatchInvariance.MOST_ROWS, 1));
        BatchInvariance.assertHolds(model, threads, inputs);
    }
}
