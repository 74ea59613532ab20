package dev.genfleet.samples;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the frames of a clip show, in their order. */
record ClipObservation(List<Observation> frames) {

    /**
     * Looks at RGB pictures.
     *
     * @throws IllegalArgumentException if there are fewer than two, or one is not square
     */
    static ClipObservation of(List<BufferedImage> frames) {
        if (frames.size() < 2) {
            throw new IllegalArgumentException("frames are " + frames.size() + ", but a clip has at least 2");
        }
        return new ClipObservation(frames.stream().map(Observation::of).toList());
    }

    /** What surrounds the object in more than half of the frames. */
    Optional<Background> background() {
        return prevailing(frames.stream().map(Observation::background).flatMap(Optional::stream));
    }

    /** The object's colour in more than half of the frames. */
    Optional<Colour> colour() {
        return prevailing(objects().map(SeenObject::colour));
    }

    /** The object's shape in more than half of the frames. */
    Optional<Shape> shape() {
        return prevailing(objects().map(SeenObject::shape));
    }

    /** The object's size in more than half of the frames. */
    Optional<Size> size() {
        return prevailing(objects().map(SeenObject::size).flatMap(Optional::stream));
    }

    /** Whether every frame shows one object, and all the same background, colour and shape. */
    boolean constant() {
        return objects().count() == frames.size()
                && frames.stream().map(Observation::background).distinct().count() == 1
                && objects().map(SeenObject::label).distinct().count() == 1;
    }

    /** Of the object's centre from the first to the last frame; nothing if it is not seen in more than half of them. */
    Optional<Displacement> displacement() {
        return new Track(frames.stream()
                        .map(frame -> frame.onlyObject().map(SeenObject::placed))
                        .toList())
                .displacement();
    }

    /** Such as {@code a small red circle moving left on a gray background}. */
    String words() {
        Optional<Colour> colour = colour();
        Optional<Shape> shape = shape();
        Optional<Displacement> displacement = displacement();
        if (colour.isEmpty() || shape.isEmpty() || displacement.isEmpty()) {
            return "first " + frames.getFirst().words() + ", last "
                    + frames.getLast().words();
        }
        return "a " + size().map(it -> Words.of(it, "")).orElse("")
                + new Label(colour.get(), shape.get()) + " "
                + displacement.get().words() + " on " + Observation.backgroundWords(background())
                + (constant() ? "" : ", not in all frames");
    }

    private Stream<SeenObject> objects() {
        return frames.stream().map(Observation::onlyObject).flatMap(Optional::stream);
    }

    private <T> Optional<T> prevailing(Stream<T> values) {
        return values.collect(Collectors.groupingBy(Function.identity(), Collectors.counting())).entrySet().stream()
                .filter(entry -> 2 * entry.getValue() > frames.size())
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
