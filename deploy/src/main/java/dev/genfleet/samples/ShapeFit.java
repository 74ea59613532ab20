package dev.genfleet.samples;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A drawn object laid over a picture where it fits best.
 *
 * @param overlap soft intersection over union, 0–1
 */
record ShapeFit(Placed object, double overlap) {
    private static final double FIRST_STEP = 0.5 / 64; // fractions of the canvas
    private static final double LAST_STEP = 0.2 / 64;

    /** Widths of edges that are tried, in pixels; generated pictures are a little blurred. */
    private static final double[] EDGES = {1, 2, 3};

    private static final double USUAL_EDGE = 2;

    private static final int FAST_SAMPLES = 3;
    private static final int FINE_SAMPLES = 3;

    /** How far behind the best a shape may be before it is moved, and after it is moved in first steps. */
    private static final double EARLY_LAG = 0.15;

    private static final double LATE_LAG = 0.05;

    /** What a size that no object of the world has costs a shape: a rounded small star is no tiny circle, but a clean one is. */
    private static final double FOREIGN_SIZE = 0.04;

    /** The shape that overlaps an object most, at its best place and size; nothing if no pixel is covered. */
    static Optional<ShapeFit> best(ObjectMask mask) {
        List<ShapeFit> placed = Stream.of(Shape.values())
                .map(mask::place)
                .flatMap(Optional::stream)
                .map(start -> fast(start, mask))
                .toList();
        List<ShapeFit> moved = promising(placed, EARLY_LAG)
                .map(fit -> fit.climbed(mask, FIRST_STEP))
                .toList();
        return promising(moved, LATE_LAG)
                .map(fit -> fit.climbed(mask, LAST_STEP).fine(mask))
                .max(Comparator.comparingDouble(ShapeFit::credit));
    }

    private static Stream<ShapeFit> promising(List<ShapeFit> fits, double lag) {
        double most = fits.stream().mapToDouble(ShapeFit::credit).max().orElse(0);
        return fits.stream().filter(fit -> fit.credit() >= most - lag);
    }

    private static ShapeFit fast(Placed object, ObjectMask mask) {
        return new ShapeFit(object, mask.overlap(object, FAST_SAMPLES, USUAL_EDGE));
    }

    /** With the edge that fits best. */
    private ShapeFit fine(ObjectMask mask) {
        double most = Arrays.stream(EDGES)
                .map(edge -> mask.overlap(object, FINE_SAMPLES, edge))
                .max()
                .orElseThrow();
        return new ShapeFit(object, most);
    }

    private double credit() {
        return Size.plausible(object.radius()) ? overlap : overlap - FOREIGN_SIZE;
    }

    /** Moved and resized while that improves the overlap, in steps that shrink to the last one. */
    private ShapeFit climbed(ObjectMask mask, double lastStep) {
        ShapeFit best = this;
        for (double step = FIRST_STEP; step >= lastStep; ) {
            ShapeFit here = best;
            best = best.better(mask, step, 0, 0).better(mask, 0, step, 0).better(mask, 0, 0, step);
            if (best.equals(here)) {
                step /= 2;
            }
        }
        return best;
    }

    /** A step forth, or else back, if that improves the overlap. */
    private ShapeFit better(ObjectMask mask, double right, double down, double wider) {
        ShapeFit forth = fast(object.changed(right, down, wider), mask);
        if (forth.overlap > overlap) {
            return forth;
        }
        ShapeFit back = fast(object.changed(-right, -down, -wider), mask);
        return back.overlap > overlap ? back : this;
    }
}
