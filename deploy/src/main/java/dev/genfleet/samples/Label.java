package dev.genfleet.samples;

import java.util.List;
import java.util.stream.Stream;

/** What a class of the sample models shows, such as {@code red circle}. */
public record Label(Colour colour, Shape shape) {
    /** All classes, colour-major: the index is the number of the class. */
    public static final List<Label> CLASSES = Stream.of(Colour.values())
            .flatMap(colour -> Stream.of(Shape.values()).map(shape -> new Label(colour, shape)))
            .toList();

    /** The name in {@code labels.json}. */
    @Override
    public String toString() {
        return Words.of(colour, shape);
    }
}
