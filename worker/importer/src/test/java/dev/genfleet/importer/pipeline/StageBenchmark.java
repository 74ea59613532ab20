package dev.genfleet.importer.pipeline;

import dev.genfleet.engine.device.LatentDecoder;
import dev.genfleet.importer.DecodeTiles;
import dev.genfleet.importer.RandomWeights;
import dev.genfleet.importer.pipeline.StageModels.Autoencoder;
import dev.genfleet.model.LatentShape;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures whether decoding pictures together is faster on this processor: batches of 1, 2, 4 and 8 by turns, the least
 * milliseconds a picture of each and the ratio to one alone. Arguments: rounds, latent cells a side, threads.
 */
final class StageBenchmark {

    private static final PrintStream OUT = System.out;
    private static final int[] BATCHES = {1, 2, 4, 8};

    private StageBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        int side = Integer.parseInt(arguments[1]);
        int threads = Integer.parseInt(arguments[2]);
        LatentShape shape = new LatentShape(4, side, side);
        Path folder = Files.createTempDirectory("stages");
        for (Autoencoder autoencoder : Autoencoder.values()) {
            try (LatentDecoder decoder =
                    StageModels.decoder(new StageModels(folder).importing(autoencoder, DecodeTiles.NONE), threads)) {
                double[] least = new double[BATCHES.length];
                Arrays.fill(least, Double.MAX_VALUE);
                for (int round = 0; round < rounds; round++) {
                    for (int i = 0; i < BATCHES.length; i++) {
                        least[i] = Math.min(least[i], milliseconds(decoder, shape, BATCHES[i]));
                    }
                }
                OUT.printf("%s, latents %dx%d, %d threads%n", autoencoder, side, side, threads);
                for (int i = 0; i < BATCHES.length; i++) {
                    OUT.printf(
                            "  batch %d: %8.2f ms a picture, %.2f of one alone%n",
                            BATCHES[i], least[i], least[i] / least[0]);
                }
            }
        }
    }

    private static double milliseconds(LatentDecoder decoder, LatentShape shape, int batch) throws Exception {
        List<float[]> latents = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            latents.add(RandomWeights.normal(shape.elements()).values());
        }
        long start = System.nanoTime();
        decoder.decode(latents, shape);
        return (System.nanoTime() - start) / 1e6 / batch;
    }
}
