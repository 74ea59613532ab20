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

    /** By how much the overlap of a shape may improve at most in the last steps. */
    private static final double PROMISING = 0.08;

    /** The shape that overlaps an object most, at its best place and size; nothing if no pixel is covered. */
    static Optional<ShapeFit> best(ObjectMask mask) {
        List<ShapeFit> coarse = Stream.of(Shape.values())
                .map(mask::place)
                .flatMap(Optional::stream)
                .map(start -> new ShapeFit(start, mask.overlap(start)).climbed(mask, FIRST_STEP))
                .toList();
        double most = coarse.stream().mapToDouble(ShapeFit::overlap).max().orElse(0);
        return coarse.stream()
                .filter(fit -> fit.overlap >= most - PROMISING)
                .map(fit -> fit.climbed(mask, LAST_STEP))
                .max(Comparator.comparingDouble(ShapeFit::overlap));
    }

    /** Moved and resized while that improves the overlap, in steps that shrink to the last one. */
    private ShapeFit climbed(ObjectMask mask, double lastStep) {
        ShapeFit best = this;
        for (double step = FIRST_STEP; step >= lastStep; ) {
            ShapeFit here = best;
            best = here.neighbours(step)
                    .map(it -> new ShapeFit(it, mask.overlap(it)))
                    .filter(it -> it.overlap > here.overlap)
                    .max(Comparator.comparingDouble(ShapeFit::overlap))
                    .orElse(here);
            if (best.equals(here)) {
                step /= 2;
            }
        }
        return best;
    }

    private Stream<Placed> neighbours(double step) {
        return Stream.of(
                object.changed(step, 0, 0),
                object.changed(-step, 0, 0),
                object.changed(0, step, 0),
                object.changed(0, -step, 0),
                object.changed(0, 0, step),
                object.changed(0, 0, -step));
    }
}
