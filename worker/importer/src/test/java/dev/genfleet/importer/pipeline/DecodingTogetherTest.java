package dev.genfleet.importer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.device.LatentDecoder;
import dev.genfleet.engine.device.Pixels;
import dev.genfleet.importer.DecodeTiles;
import dev.genfleet.importer.RandomWeights;
import dev.genfleet.importer.pipeline.StageModels.Autoencoder;
import dev.genfleet.model.LatentShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * On the CPU provider in float32 a picture's pixels are the same bits whoever is decoded with it: the ground on which frames and
 * pictures share forwards. Tolerance none.
 */
class DecodingTogetherTest {

    private static final int MOST = 8;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "GOLDEN, 8, 8, 1",
        "GOLDEN, 16, 16, 2",
        "GOLDEN, 11, 20, 2",
        "SAMPLE, 8, 8, 1",
        "SAMPLE, 8, 8, 2",
        "SAMPLE, 9, 14, 2",
        "WIDE, 8, 8, 1",
        "WIDE, 8, 8, 2",
        "WIDE, 6, 10, 2"
    })
    void everyPictureIsTheSameInEveryBatch(Autoencoder autoencoder, int height, int width, int threads)
            throws Exception {
        LatentShape shape = new LatentShape(4, height, width);
        List<float[]> latents = latents(shape);
        try (LatentDecoder decoder =
                StageModels.decoder(new StageModels(folder).importing(autoencoder, DecodeTiles.NONE), threads)) {
            List<float[]> alone = new ArrayList<>();
            for (float[] each : latents) {
                alone.add(numbers(decoder.decode(List.of(each), shape).getFirst()));
            }
            assertThat(alone.get(0)).isNotEqualTo(alone.get(1)).doesNotContain(Float.NaN);
            for (int rows = 2; rows <= MOST; rows++) {
                List<float[]> turned = new ArrayList<>();
                for (int row = 0; row < rows; row++) {
                    turned.add(latents.get((row + rows) % MOST));
                }
                List<Pixels> together = decoder.decode(turned, shape);
                for (int row = 0; row < rows; row++) {
                    assertThat(numbers(together.get(row)))
                            .as("picture %d of %d", row, rows)
                            .isEqualTo(alone.get((row + rows) % MOST));
                }
            }
        }
    }

    private static List<float[]> latents(LatentShape shape) {
        List<float[]> latents = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(41);
        for (int i = 0; i < MOST; i++) {
            latents.add(RandomWeights.normal(random, 1 + i, shape.elements()).values());
        }
        return latents;
    }

    static float[] numbers(Pixels pixels) {
        float[] numbers = new float[3 * pixels.width() * pixels.height()];
        for (int i = 0; i < numbers.length; i++) {
            int plane = i / (pixels.width() * pixels.height());
            numbers[i] = pixels.at(plane, i % pixels.width(), i / pixels.width() % pixels.height());
        }
        return numbers;
    }
}
