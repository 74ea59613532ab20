package dev.genfleet.engine.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.device.Pixels;
import java.awt.image.BufferedImage;
import java.util.List;

/** Drawn pictures that encoders are tried with, and how near another picture comes to them. */
public final class Scene {

    private static final List<Integer> SHIFTS = List.of(16, 8, 0);

    private Scene() {}

    /** A soft disc over a slope of colours; it moves 9 pixels with each index. */
    public static Pixels at(int width, int height, int index) {
        int cells = width * height;
        float[] planes = new float[3 * cells];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double far = Math.hypot(x - 16 - 9 * index, y - height / 2);
                double disc = 1 / (1 + Math.exp(far - 10));
                int cell = y * width + x;
                planes[cell] = (float) (disc * 1.8 - 0.9);
                planes[cells + cell] = (float) (x / (double) width - 0.6 + 0.3 * disc);
                planes[2 * cells + cell] = (float) (y / (double) height - 0.5 - 0.4 * disc);
            }
        }
        return new Pixels(width, height, planes);
    }

    /** Peak signal to noise ratio in dB of what is shown to what is meant; they must be of one size. */
    public static double psnr(BufferedImage shown, Pixels meant) {
        assertThat(shown.getWidth()).isEqualTo(meant.width());
        assertThat(shown.getHeight()).isEqualTo(meant.height());
        double squares = 0;
        for (int y = 0; y < meant.height(); y++) {
            for (int x = 0; x < meant.width(); x++) {
                for (int plane = 0; plane < 3; plane++) {
                    int seen = shown.getRGB(x, y) >> SHIFTS.get(plane) & 0xff;
                    int given = Byte.toUnsignedInt(PixelBytes.of(meant.at(plane, x, y)));
                    squares += (seen - given) * (seen - given);
                }
            }
        }
        double mean = squares / (3.0 * meant.width() * meant.height());
        return 10 * Math.log10(255 * 255 / Math.max(mean, 1e-9));
    }
}
