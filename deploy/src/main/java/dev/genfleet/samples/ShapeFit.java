package dev.genfleet.samples;

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

    /** How far behind the best a shape may be before it is moved, and after it is moved in first steps. */
    private static final double EARLY_LAG = 0.15;

    private static final double LATE_LAG = 0.05;

    /** The shape that overlaps an object most, at its best place and size; nothing if no pixel is covered. */
    static Optional<ShapeFit> best(ObjectMask mask) {
        List<ShapeFit> fits = Stream.of(Shape.values())
                .map(mask::place)
                .flatMap(Optional::stream)
                .map(start -> new ShapeFit(start, mask.overlap(start)))
                .toList();
        List<ShapeFit> moved = promising(fits, EARLY_LAG)
                .map(fit -> fit.climbed(mask, FIRST_STEP))
                .toList();
        return promising(moved, LATE_LAG)
                .map(fit -> fit.climbed(mask, LAST_STEP))
                .max(Comparator.comparingDouble(ShapeFit::overlap));
    }

    private static Stream<ShapeFit> promising(List<ShapeFit> fits, double lag) {
        double most = fits.stream().mapToDouble(ShapeFit::overlap).max().orElse(0);
        return fits.stream().filter(fit -> fit.overlap >= most - lag);
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
        Placed forth = object.changed(right, down, wider);
        double forthOverlap = mask.overlap(forth);
        if (forthOverlap > overlap) {
            return new ShapeFit(forth, forthOverlap);
        }
        Placed back = object.changed(-right, -down, -wider);
        double backOverlap = mask.overlap(back);
        return backOverlap > overlap ? new ShapeFit(back, backOverlap) : this;
    }
}
