package dev.genfleet.engine.media;

import dev.genfleet.engine.device.Pixels;
import java.awt.image.BufferedImage;

/** Decoded numbers as the platform's pictures. */
final class RgbImage {

    private RgbImage() {}

    /** 8 bits per channel, as {@link PixelBytes} says. */
    static BufferedImage of(Pixels pixels) {
        BufferedImage image = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < pixels.height(); y++) {
            for (int x = 0; x < pixels.width(); x++) {
                int red = Byte.toUnsignedInt(PixelBytes.of(pixels.at(0, x, y)));
                int green = Byte.toUnsignedInt(PixelBytes.of(pixels.at(1, x, y)));
                int blue = Byte.toUnsignedInt(PixelBytes.of(pixels.at(2, x, y)));
                image.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return image;
    }
}
