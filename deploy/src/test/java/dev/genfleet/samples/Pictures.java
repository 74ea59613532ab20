package dev.genfleet.samples;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Pictures for tests. */
final class Pictures {
    private static final int SIDE = ShapesWorld.SIDE;

    private Pictures() {}

    static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    static BufferedImage of(int[] pixels) {
        BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, SIDE, SIDE, pixels, 0, SIDE);
        return picture;
    }

    static BufferedImage flat(Rgb colour) {
        int[] pixels = new int[SIDE * SIDE];
        Arrays.fill(pixels, colour.pixel());
        return of(pixels);
    }

    static BufferedImage noise(long seed) {
        return of(random(seed).ints((long) SIDE * SIDE, 0, 0x1000000).toArray());
    }

    static BufferedImage object(Background background, Colour colour, Placed object) {
        BufferedImage picture = ShapesWorld.canvas(background);
        ShapesWorld.paint(picture, colour, object);
        return picture;
    }
}
