package dev.genfleet.importer.gentron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.family.Conditioned.Encoder;
import dev.genfleet.importer.family.Conditioned.Text;
import dev.genfleet.importer.family.Frames;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
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
        try (OrtGraph graph = new OrtGraph(model, threads)) {
            Tensor together = graph.run(all);
            for (int rows : new int[] {1, 2, 3, 5}) {
                for (int from = 0; from + rows <= MOST_ROWS; from += rows) {
                    assertThat(graph.run(part(all, from, from + rows)).values())
                            .as("rows %d to %d, alone and among %d", from, from + rows - 1, MOST_ROWS)
                            .isEqualTo(together.rows(from, from + rows).values());
                }
            }
        }
    }

    private static GentronArchitecture images(int width, int heads) {
        return GentronArchitecture.images(
                new GentronShape(width, 2, heads, 4 * width, 2, 4, 8),
                new GentronText(
                        List.of(new Text(Encoder.CLIP, 64, 8), new Text(Encoder.T5, 96, 9)),
                        GentronText.turns(2),
                        OptionalInt.of(64)));
    }

    private static Map<String, Tensor> part(Map<String, Tensor> inputs, int from, int to) {
        return inputs.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, input -> input.getValue()
                .rows(from, to)));
    }
}
