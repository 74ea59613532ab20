package dev.genfleet.samples;

import java.util.Optional;
import java.util.stream.Stream;

/** Where the centre of an object is; the names are the words of captions. */
public enum Place {
    ON_THE_LEFT(0.29, 0.50),
    ON_THE_RIGHT(0.71, 0.50),
    AT_THE_TOP(0.50, 0.29),
    AT_THE_BOTTOM(0.50, 0.71),
    IN_THE_CENTER(0.50, 0.50);

    /** What drawings stray by, 3 % of the canvas, and 5 % for a model that is not exact; neighbours are 21 % apart. */
    private static final double TOLERANCE = 0.08;

    private final double x;
    private final double y;

    Place(double x, double y) {
        this.x = x;
        this.y = y;
    }

    /** From the left, as a fraction of the canvas. */
    double x() {
        return x;
    }

    /** From the top, as a fraction of the canvas. */
    double y() {
        return y;
    }

    /** The words for a centre in fractions of the canvas; nothing if it is between the places. */
    static Optional<Place> of(double x, double y) {
        return Stream.of(values())
                .filter(place -> Math.abs(x - place.x) <= TOLERANCE && Math.abs(y - place.y) <= TOLERANCE)
                .findFirst();
    }
}
