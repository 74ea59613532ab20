package dev.genfleet.samples;

import java.util.Locale;

/** A way across the canvas, in fractions of it; negative for left and up. */
record Displacement(double right, double down) {
    Displacement to(Displacement other) {
        return new Displacement(other.right - right, other.down - down);
    }

    double length() {
        return Math.hypot(right, down);
    }

    double dot(Displacement other) {
        return right * other.right + down * other.down;
    }

    /** Such as {@code moving left}, or how far right and down in percent of the canvas if no words fit. */
    String words() {
        return Motion.of(this)
                .map(Words::of)
                .orElseGet(() ->
                        String.format(Locale.ROOT, "going %+.0f %% right and %+.0f %% down", 100 * right, 100 * down));
    }
}
