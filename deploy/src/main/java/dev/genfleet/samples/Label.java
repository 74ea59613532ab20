package dev.genfleet.samples;

import java.util.Locale;

/** What a class of the sample models shows: {@code red circle} is class 0, colour-major. */
public record Label(Colour colour, Shape shape) {
    public static final int COUNT = Colour.values().length * Shape.values().length;

    /** @throws IllegalArgumentException if there is no such class */
    public static Label of(int index) {
        if (index < 0 || index >= COUNT) {
            throw new IllegalArgumentException("class is " + index + ", but must be 0 to " + (COUNT - 1));
        }
        int shapes = Shape.values().length;
        return new Label(Colour.values()[index / shapes], Shape.values()[index % shapes]);
    }

    public int index() {
        return colour.ordinal() * Shape.values().length + shape.ordinal();
    }

    /** The name in {@code labels.json}. */
    @Override
    public String toString() {
        return (colour + " " + shape).toLowerCase(Locale.ROOT);
    }
}
