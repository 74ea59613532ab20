package dev.genfleet.samples;

import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** What generated pictures suffer from, exaggerated: blur and noise. */
final class Degradation {
    private static final double SIGMA = 0.8; // pixels
    private static final double NOISE = 6; // standard deviation, of 255
    private static final int REACH = 2; // pixels

    private Degradation() {}

    /** Blurs all but the outermost pixels, and adds Gaussian noise to all. */
    static BufferedImage blurredAndNoisy(BufferedImage picture, RandomGenerator random) {
        int side = picture.getWidth();
        BufferedImage blurred = new ConvolveOp(gaussian(), ConvolveOp.EDGE_NO_OP, null).filter(picture, null);
        int[] noisy = Arrays.stream(blurred.getRGB(0, 0, side, side, null, 0, side))
                .map(pixel -> noisy(pixel >> 16, random) << 16 | noisy(pixel >> 8, random) << 8 | noisy(pixel, random))
                .toArray();
        return Pictures.of(noisy);
    }

    private static Kernel gaussian() {
        int width = 2 * REACH + 1;
        float[] weights = new float[width * width];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            int row = i / width;
            weights[i] = (float) Math.exp(-Math.hypot(row - REACH, i % width - REACH)
                    * Math.hypot(row - REACH, i % width - REACH)
                    / (2 * SIGMA * SIGMA));
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= (float) sum;
        }
        return new Kernel(width, width, weights);
    }

    private static int noisy(int value, RandomGenerator random) {
        return (int) Math.clamp((value & 0xff) + NOISE * random.nextGaussian(), 0, 255);
    }
}
