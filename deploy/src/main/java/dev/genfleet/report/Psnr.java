package dev.genfleet.report;

import java.awt.image.BufferedImage;

/** Peak signal-to-noise ratio of two pictures of equal size, over all pixels and the three channels. */
final class Psnr {

    private static final double PEAK = 255;

    private Psnr() {}

    /** In decibels; infinite for equal pictures. */
    static double decibels(BufferedImage one, BufferedImage other) {
        int width = one.getWidth();
        int height = one.getHeight();
        if (width != other.getWidth() || height != other.getHeight()) {
            throw new IllegalArgumentException("pictures are " + width + "x" + height + " and " + other.getWidth() + "x"
                    + other.getHeight() + ", but must be of equal size");
        }
        double squares = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int a = one.getRGB(x, y);
                int b = other.getRGB(x, y);
                for (int shift = 0; shift <= 16; shift += 8) {
                    int apart = (a >> shift & 0xff) - (b >> shift & 0xff);
                    squares += (double) apart * apart;
                }
            }
        }
        return 10 * Math.log10(PEAK * PEAK * 3 * width * height / squares);
    }
}
