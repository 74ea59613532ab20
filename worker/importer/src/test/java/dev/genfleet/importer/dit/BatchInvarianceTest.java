package dev.genfleet.importer.dit;

import dev.genfleet.importer.BatchInvariance;
import dev.genfleet.importer.checkpoint.DataType;
import java.nio.file.Path;
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
        BatchInvariance.assertHolds(model, threads, RandomDit.inputs(dit.shape(), MOST_ROWS));
    }
}
