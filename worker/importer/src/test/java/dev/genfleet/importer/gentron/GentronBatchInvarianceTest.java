package dev.genfleet.importer.gentron;

import dev.genfleet.importer.BatchInvariance;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.family.Conditioned.Encoder;
import dev.genfleet.importer.family.Conditioned.Text;
import dev.genfleet.importer.family.Frames;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A row's prediction is the same to the last bit however many rows run with it, wherever it stands among them, and whatever their
 * captions, timesteps and motion flags.
 */
class GentronBatchInvarianceTest {

    private static final int MOST_ROWS = 6;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"48, 3, 8, 3, 2", "192, 6, 8, 4, 1", "1152, 16, 8, 2, 2"})
    void keepsEveryBitOfARowOfAVideo(int width, int heads, int side, int frames, int threads) throws Exception {
        GentronArchitecture videos =
                images(width, heads).with(new GentronTemporal(new Frames(frames, 16), GentronTemporal.Form.ATTENDING));
        keepsEveryBit(videos, threads, TinyGentron.inputs(videos, MOST_ROWS, 4, frames, side, side));
    }

    @ParameterizedTest
    @CsvSource({"48, 3, 8, 2", "192, 6, 16, 1", "1152, 16, 16, 2"})
    void keepsEveryBitOfARowOfAnImage(int width, int heads, int side, int threads) throws Exception {
        GentronArchitecture images = images(width, heads);
        keepsEveryBit(images, threads, TinyGentron.inputs(images, MOST_ROWS, 4, side, side));
    }

    private void keepsEveryBit(GentronArchitecture architecture, int threads, Map<String, Tensor> all)
            throws Exception {
        Path model = Emitted.graph(architecture, TinyGentron.checkpoint(folder, TinyGentron.random(architecture)));
        BatchInvariance.assertHolds(model, threads, all);
    }

    private static GentronArchitecture images(int width, int heads) {
        return GentronArchitecture.images(
                new GentronShape(width, 2, heads, 4 * width, 2, 4, 8),
                new GentronText(
                        List.of(new Text(Encoder.CLIP, 64, 8), new Text(Encoder.T5, 96, 9)),
                        GentronText.turns(2),
                        OptionalInt.of(64)));
    }
}
