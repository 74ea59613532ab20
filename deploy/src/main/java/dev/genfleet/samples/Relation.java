package dev.genfleet.samples;

import java.util.Optional;
import java.util.stream.Stream;

/** How the first of two objects lies to the second; the names are the words of captions. */
public enum Relation {
    LEFT_OF(1, 0),
    ABOVE(0, 1);

    /** Between the centres, as a fraction of the canvas. */
    static final double APART = 0.45;

    /** Centres nearer than this, as a fraction of the canvas, are in no relation. */
    private static final double NEAREST = 0.25;

    /** Tangent of the angle by which the way to the second object may stray from straight right or down. */
    private static final double SKEW = 0.5;

    private final int right;
    private final int down;

    Relation(int right, int down) {
        this.right = right;
        this.down = down;
    }

    /** Whether the way to the second object leads right, 1 or 0. */
    int right() {
        return right;
    }

    /** Whether the way to the second object leads down, 1 or 0. */
    int down() {
        return down;
    }

    boolean holds(Placed first, Placed second) {
        double x = second.x() - first.x();
        double y = second.y() - first.y();
        double along = right * x + down * y;
        double across = right * y + down * x;
        return along >= NEAREST && Math.abs(across) <= SKEW * along;
    }

    /** The words for two objects in this order; nothing if neither fits. */
    static Optional<Relation> of(Placed first, Placed second) {
        return Stream.of(values())
                .filter(relation -> relation.holds(first, second))
                .findFirst();
    }
}
