package dev.genfleet.samples;

import java.util.Optional;
import java.util.stream.Stream;

/** How large an object is. */
public enum Size {
    SMALL(0.12),
    LARGE(0.21);

    /** What drawings stray by, 8 %, and half as much again of the radius for a model that is not exact. */
    private static final double TOLERANCE = 0.2;

    private final double radius;

    Size(double radius) {
        this.radius = radius;
    }

    /** Fraction of the canvas. */
    double radius() {
        return radius;
    }

    /** The word for a radius, a fraction of the canvas; nothing for one between the sizes or beyond them. */
    static Optional<Size> of(double radius) {
        return Stream.of(values())
                .filter(size -> Math.abs(radius / size.radius - 1) <= TOLERANCE)
                .findFirst();
    }

    /** Whether objects of the world are about as large, a fraction of the canvas: from small to large. */
    static boolean plausible(double radius) {
        return radius >= SMALL.radius * (1 - TOLERANCE) && radius <= LARGE.radius * (1 + TOLERANCE);
    }
}
