package dev.genfleet.samples;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The colours of a square picture, row by row. */
final class Pixels {
    private final int side;
    private final Rgb[] colours;

    /**
     * Reads a picture.
     *
     * @throws IllegalArgumentException if it is not square
     */
    Pixels(BufferedImage picture) {
        side = picture.getWidth();
        if (side != picture.getHeight()) {
            throw new IllegalArgumentException(
                    "picture is " + side + " by " + picture.getHeight() + " pixels, but must be square");
        }
        colours = Arrays.stream(picture.getRGB(0, 0, side, side, null, 0, side))
                .mapToObj(Rgb::of)
                .toArray(Rgb[]::new);
    }

    /** Width and height. */
    int side() {
        return side;
    }

    int count() {
        return colours.length;
    }

    Rgb at(int index) {
        return colours[index];
    }

    /** The median of the outermost pixels, in each channel. */
    Rgb border() {
        List<Rgb> frame = IntStream.range(0, colours.length)
                .filter(i -> i % side == 0 || i % side == side - 1 || i / side == 0 || i / side == side - 1)
                .mapToObj(i -> colours[i])
                .toList();
        return new Rgb(median(frame, Rgb::red), median(frame, Rgb::green), median(frame, Rgb::blue));
    }

    private static double median(List<Rgb> colours, ToDoubleFunction<Rgb> channel) {
        return colours.stream()
                .mapToDouble(channel)
                .sorted()
                .skip(colours.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
