package dev.genfleet.importer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.LatentDecoder;
import dev.genfleet.engine.device.Pixels;
import dev.genfleet.engine.tile.TiledLatentDecoder;
import dev.genfleet.importer.DecodeTiles;
import dev.genfleet.importer.pipeline.StageModels.Autoencoder;
import dev.genfleet.model.DecodeTiling;
import dev.genfleet.model.LatentShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tiles through a real, trained decoder: what they look like, and what they save. */
class TiledDecodingTest {

    private static final DecodeTiling TILING = new DecodeTiling(24, 6);

    @TempDir
    private Path folder;

    /**
     * A tile's borders, the statistics of its group norms and what its attention sees are its own, so that tiles are not the whole
     * exactly. Measured with the sample's trained decoder: at most 0.0095 of a range of 2, 0.003 in the mean.
     */
    @ParameterizedTest
    @CsvSource({"24, 40", "37, 29", "24, 25"})
    void smoothLatentsGiveThePictureThatIsDecodedWholeWithoutSeams(int height, int width) throws Exception {
        LatentShape shape = new LatentShape(4, height, width);
        float[] latents = smooth(shape);
        Pixels whole = decode(DecodeTiles.NONE, latents, shape);
        Pixels tiled = decode(tiles(), latents, shape);
        assertThat(List.of(tiled.width(), tiled.height())).containsExactly(8 * width, 8 * height);
        assertThat(List.of(whole.width(), whole.height())).containsExactly(8 * width, 8 * height);
        double most = 0;
        double steeper = 0;
        for (int plane = 0; plane < 3; plane++) {
            for (int y = 1; y < whole.height(); y++) {
                for (int x = 1; x < whole.width(); x++) {
                    double difference = tiled.at(plane, x, y) - whole.at(plane, x, y);
                    double left = tiled.at(plane, x - 1, y) - whole.at(plane, x - 1, y);
                    double above = tiled.at(plane, x, y - 1) - whole.at(plane, x, y - 1);
                    most = Math.max(most, Math.abs(difference));
                    steeper = Math.max(steeper, Math.max(Math.abs(difference - left), Math.abs(difference - above)));
                }
            }
        }
        assertThat(most).as("largest difference").isBetween(1e-5, 0.02);
        assertThat(steeper)
                .as("step between neighbouring pixels that the whole picture does not have, at seams or elsewhere")
                .isLessThan(0.01);
        assertThat(steepest(tiled)).isLessThan(1.02 * steepest(whole));
    }

    @Test
    void latentsUpToTheAreaOfATileAreDecodedWhole() throws Exception {
        LatentShape shape = new LatentShape(4, 8, 32);
        assertThat(DecodingTogetherTest.numbers(decode(tiles(), smooth(shape), shape)))
                .isEqualTo(DecodingTogetherTest.numbers(decode(DecodeTiles.NONE, smooth(shape), shape)));
    }

    /** The same bits alone and with another picture, as untiled pictures have. */
    @Test
    void tiledPicturesShareForwardsToo() throws Exception {
        LatentShape shape = new LatentShape(4, 20, 30);
        float[] other = smooth(shape).clone();
        for (int i = 0; i < other.length; i++) {
            other[i] = -other[i] * (i % 7);
        }
        try (LatentDecoder decoder =
                StageModels.decoder(new StageModels(folder).importing(Autoencoder.SAMPLE, tiles()), 2)) {
            List<Pixels> together = decoder.decode(List.of(other, smooth(shape)), shape);
            assertThat(DecodingTogetherTest.numbers(together.get(1)))
                    .isEqualTo(DecodingTogetherTest.numbers(
                            decoder.decode(List.of(smooth(shape)), shape).getFirst()));
            assertThat(DecodingTogetherTest.numbers(together.get(0)))
                    .isEqualTo(DecodingTogetherTest.numbers(
                            decoder.decode(List.of(other), shape).getFirst()));
        }
    }

    /** Attention over the 2560 cells has 20 times the scores of that over the 576 of a tile. */
    @Test
    void noForwardIsLargerThanATile() throws Exception {
        LatentShape shape = new LatentShape(4, 32, 80);
        List<Integer> elements = new ArrayList<>();
        try (LatentDecoder decoder =
                StageModels.decoder(new StageModels(folder).importing(Autoencoder.SAMPLE, DecodeTiles.NONE), 1)) {
            LatentDecoder counted = new LatentDecoder() {
                @Override
                public List<Pixels> decode(List<float[]> latents, LatentShape tile) throws DeviceFault {
                    elements.add(latents.size() * tile.elements());
                    return decoder.decode(latents, tile);
                }

                @Override
                public void close() {
                    // Closed by the test.
                }
            };
            try (LatentDecoder tiled = new TiledLatentDecoder(counted, TILING)) {
                Pixels pixels = tiled.decode(List.of(smooth(shape)), shape).getFirst();
                assertThat(List.of(pixels.width(), pixels.height())).containsExactly(640, 256);
            }
        }
        assertThat(elements).hasSize(2 * 5).containsOnly(4 * 24 * 24);
    }

    private static DecodeTiles tiles() {
        return DecodeTiles.parse("24:6");
    }

    private Pixels decode(DecodeTiles tiles, float[] latents, LatentShape shape) throws Exception {
        try (LatentDecoder decoder =
                StageModels.decoder(new StageModels(folder).importing(Autoencoder.SAMPLE, tiles), 2)) {
            return decoder.decode(List.of(latents), shape).getFirst();
        }
    }

    /** A slow wave around another value in each channel. */
    private static float[] smooth(LatentShape shape) {
        float[] latents = new float[shape.elements()];
        for (int i = 0; i < latents.length; i++) {
            int channel = i / shape.cells();
            int y = i / shape.width() % shape.height();
            int x = i % shape.width();
            latents[i] = (float) (0.3 * channel - 0.4 + 0.2 * Math.sin(0.05 * x + 0.04 * y));
        }
        return latents;
    }

    /** Largest difference of neighbouring columns or rows. */
    private static double steepest(Pixels pixels) {
        double most = 0;
        for (int plane = 0; plane < 3; plane++) {
            for (int y = 1; y < pixels.height(); y++) {
                for (int x = 1; x < pixels.width(); x++) {
                    double here = pixels.at(plane, x, y);
                    most = Math.max(most, Math.abs(here - pixels.at(plane, x - 1, y)));
                    most = Math.max(most, Math.abs(here - pixels.at(plane, x, y - 1)));
                }
            }
        }
        return most;
    }
}
