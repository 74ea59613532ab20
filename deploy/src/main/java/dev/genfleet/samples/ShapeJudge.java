package dev.genfleet.samples;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Says what a picture of one object shows, by drawing: the background is what surrounds the picture, the colour is the one whose
 * mixtures with the background explain its pixels best, and the shape is the one that, drawn at its best place and size, overlaps
 * the object most. Nothing is learned, and the only bound is the customary one for "found": an overlap of one half.
 */
public final class ShapeJudge {
    private static final double FOUND = 0.5;
    private static final double FIRST_STEP = 0.5 / ShapesWorld.SIDE;
    private static final double LAST_STEP = 0.2 / ShapesWorld.SIDE;

    private ShapeJudge() {}

    /**
     * Judges an RGB picture.
     *
     * @throws IllegalArgumentException if the picture is not square
     */
    public static Verdict judge(BufferedImage picture) {
        int side = picture.getWidth();
        if (side != picture.getHeight()) {
            throw new IllegalArgumentException(
                    "picture is " + side + " by " + picture.getHeight() + " pixels, but must be square");
        }
        Rgb[] pixels = Arrays.stream(picture.getRGB(0, 0, side, side, null, 0, side))
                .mapToObj(Rgb::of)
                .toArray(Rgb[]::new);
        Background background = background(pixels, side);
        Colour colour = Stream.of(Colour.values())
                .min(Comparator.comparingDouble(
                        it -> new ObjectMask(pixels, side, background.rgb(), it.rgb()).unexplained()))
                .orElseThrow();
        ObjectMask mask = new ObjectMask(pixels, side, background.rgb(), colour.rgb());
        List<Verdict.Match> matches = Stream.of(Shape.values())
                .map(mask::place)
                .flatMap(Optional::stream)
                .map(start -> climb(mask, start))
                .sorted(Comparator.comparingDouble(Verdict.Match::overlap).reversed())
                .toList();
        if (matches.isEmpty()) {
            return new Verdict.Nothing(background, 0);
        }
        Verdict.Match best = matches.getFirst();
        return best.overlap() >= FOUND
                ? new Verdict.Seen(background, colour, best, matches.get(1))
                : new Verdict.Nothing(background, best.overlap());
    }

    /** The background nearest to the median of the outermost pixels. */
    private static Background background(Rgb[] pixels, int side) {
        List<Rgb> frame = Stream.iterate(0, i -> i < pixels.length, i -> i + 1)
                .filter(i -> i % side == 0 || i % side == side - 1 || i / side == 0 || i / side == side - 1)
                .map(i -> pixels[i])
                .toList();
        Rgb median = new Rgb(median(frame, Rgb::red), median(frame, Rgb::green), median(frame, Rgb::blue));
        return Stream.of(Background.values())
                .min(Comparator.comparingDouble(it -> {
                    Rgb apart = it.rgb().minus(median);
                    return apart.dot(apart);
                }))
                .orElseThrow();
    }

    private static double median(List<Rgb> colours, ToDoubleFunction<Rgb> channel) {
        return colours.stream()
                .mapToDouble(channel)
                .sorted()
                .skip(colours.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    /** Moves and resizes a shape while that improves its overlap, in ever smaller steps. */
    private static Verdict.Match climb(ObjectMask mask, Placed start) {
        Verdict.Match best = new Verdict.Match(start, mask.overlap(start));
        for (double step = FIRST_STEP; step >= LAST_STEP; ) {
            Verdict.Match here = best;
            best = neighbours(here.object(), step)
                    .map(it -> new Verdict.Match(it, mask.overlap(it)))
                    .filter(it -> it.overlap() > here.overlap())
                    .max(Comparator.comparingDouble(Verdict.Match::overlap))
                    .orElse(here);
            if (best.equals(here)) {
                step /= 2;
            }
        }
        return best;
    }

    private static Stream<Placed> neighbours(Placed at, double step) {
        return Stream.of(
                at.changed(step, 0, 0),
                at.changed(-step, 0, 0),
                at.changed(0, step, 0),
                at.changed(0, -step, 0),
                at.changed(0, 0, step),
                at.changed(0, 0, -step));
    }
}
