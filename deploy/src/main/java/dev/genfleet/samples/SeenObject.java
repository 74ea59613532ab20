package dev.genfleet.samples;

import java.util.BitSet;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An object in a picture.
 *
 * @param placed the drawn shape that overlaps it most
 * @param overlap how much, soft intersection over union, 0–1
 */
record SeenObject(Colour colour, Placed placed, double overlap) {
    /** What a drawn shape must overlap at least. */
    private static final double FOUND = 0.7;

    /** Difference from the background that a colour may leave unexplained at most, as a fraction of it. */
    private static final double FOREIGN = 0.4;

    /**
     * The object in a region: its colour is the one whose mixtures with the background explain the pixels best, its shape the one
     * that, drawn at its best place and size, overlaps it most. Nothing if no colour or no shape comes near.
     */
    static Optional<SeenObject> in(Pixels pixels, BitSet region, Rgb background) {
        record Candidate(Colour colour, ObjectMask mask) {}
        Candidate nearest = Stream.of(Colour.values())
                .map(colour -> new Candidate(colour, new ObjectMask(pixels, region, background, colour.rgb())))
                .min(Comparator.comparingDouble(it -> it.mask.unexplained()))
                .orElseThrow();
        if (nearest.mask.unexplained() > FOREIGN) {
            return Optional.empty();
        }
        return ShapeFit.best(nearest.mask)
                .filter(fit -> fit.overlap() >= FOUND)
                .map(fit -> new SeenObject(nearest.colour, fit.object(), fit.overlap()));
    }

    Label label() {
        return new Label(colour, placed.shape());
    }

    Shape shape() {
        return placed.shape();
    }

    Optional<Size> size() {
        return Size.of(placed.radius());
    }

    Optional<Place> place() {
        return Place.of(placed.x(), placed.y());
    }

    /** With the words for size and place that fit, such as {@code a small red circle on the left}. */
    String words() {
        String size = size().map(it -> Words.of(it, "")).orElse("");
        String place = place().map(Words::of)
                .orElseGet(() -> String.format(Locale.ROOT, "at %.2f, %.2f", placed.x(), placed.y()));
        return "a " + size + label() + " " + place;
    }
}
