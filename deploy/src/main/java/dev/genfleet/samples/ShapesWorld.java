package dev.genfleet.samples;

import java.awt.image.BufferedImage;

/** Draws pictures of the world of shapes, as the sample models saw them in training. */
public final class ShapesWorld {
    /** Width and height of the models' pictures, in pixels. */
    public static final int SIDE = 64;

    /** Radius of the objects of class-conditional models, ± 8 %. */
    public static final double LARGE = 0.21;

    /** Radius of small objects, ± 8 %. */
    public static final double SMALL = 0.12;

    private static final int SAMPLES = 4;

    private ShapesWorld() {}

    /** One object with anti-aliased edges, {@link #SIDE} pixels square, RGB. */
    public static BufferedImage draw(Background background, Colour colour, Placed object) {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                double covered = object.coverage(column, row, SIDE, SAMPLES);
                picture.setRGB(
                        column, row, background.rgb().mix(colour.rgb(), covered).pixel());
            }
        }
        return picture;
    }
}
