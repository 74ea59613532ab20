package dev.genfleet.samples;

import java.awt.image.BufferedImage;

/** Measures of the world of shapes, and its painter. */
public final class ShapesWorld {
    /** Width and height of the models' pictures, in pixels. */
    public static final int SIDE = 64;

    private static final int SAMPLES = 4;

    private ShapesWorld() {}

    /** An empty picture, {@link #SIDE} pixels square, RGB. */
    static BufferedImage canvas(Background background) {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < SIDE * SIDE; i++) {
            picture.setRGB(i % SIDE, i / SIDE, background.rgb().pixel());
        }
        return picture;
    }

    /** Paints an object with anti-aliased edges over what is there, by 4 × 4 samples a pixel as in training. */
    static void paint(BufferedImage picture, Colour colour, Placed object) {
        int side = picture.getWidth();
        Raster raster = new Raster(side, SAMPLES, 1);
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                double covered = raster.coverage(object, column, row);
                Rgb below = Rgb.of(picture.getRGB(column, row));
                picture.setRGB(column, row, below.mix(colour.rgb(), covered).pixel());
            }
        }
    }
}
