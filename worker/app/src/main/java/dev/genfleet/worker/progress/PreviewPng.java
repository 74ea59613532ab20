package dev.genfleet.worker.progress;

import dev.genfleet.engine.Preview;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Previews as PNG files, their pixels repeated until people can see something. */
final class PreviewPng {

    private static final int LEAST_SIDE = 64;

    private PreviewPng() {}

    /** The file; both sides are at least 64 pixels. */
    static byte[] of(Preview preview) {
        int least = Math.min(preview.width(), preview.height());
        int factor = Math.ceilDiv(LEAST_SIDE, least);
        BufferedImage image =
                new BufferedImage(factor * preview.width(), factor * preview.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, preview.rgb(x / factor, y / factor));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", stream);
        } catch (IOException e) {
            throw new UncheckedIOException("a preview in memory could not be written as PNG", e);
        }
        return bytes.toByteArray();
    }
}
