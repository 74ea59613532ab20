package dev.genfleet.samples;

import java.awt.image.BufferedImage;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a picture shows.
 *
 * @param background nothing if what surrounds the picture is none of the world's backgrounds
 * @param pieces how many things there are in front of the background, whether they are known or not
 * @param objects those that are known, in reading order: of two, the one that is left of or above the other is first
 */
record Observation(Optional<Background> background, int pieces, List<SeenObject> objects) {
    /** Distance from a background's colour; the nearest two, black and navy, are 61 apart. */
    private static final double FOREIGN = 60;

    /**
     * Looks at an RGB picture.
     *
     * @throws IllegalArgumentException if it is not square
     */
    static Observation of(BufferedImage picture) {
        Pixels pixels = new Pixels(picture);
        Rgb border = pixels.border();
        Optional<Background> background = Stream.of(Background.values())
                .min(Comparator.comparingDouble(it -> it.rgb().minus(border).squared()))
                .filter(it -> it.rgb().minus(border).squared() <= FOREIGN * FOREIGN);
        List<BitSet> regions = new Segmentation(pixels, border).objects();
        List<SeenObject> objects = regions.stream()
                .map(region -> SeenObject.in(pixels, region, border))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingDouble(
                        it -> it.placed().x() + it.placed().y()))
                .toList();
        return new Observation(background, regions.size(), objects);
    }

    /** The object, if the picture shows exactly one. */
    Optional<SeenObject> onlyObject() {
        return pieces == 1 && objects.size() == 1 ? Optional.of(objects.getFirst()) : Optional.empty();
    }

    /** Such as {@code a small red circle on the left on a gray background}. */
    String words() {
        String others = pieces > objects.size() ? " and something unknown" : "";
        return objectWords() + others + " on " + backgroundWords(background);
    }

    static String backgroundWords(Optional<Background> background) {
        return background.map(it -> Words.of("a", it, "background")).orElse("an unknown background");
    }

    private String objectWords() {
        if (objects.isEmpty()) {
            return "no object";
        }
        if (objects.size() == 2) {
            SeenObject first = objects.getFirst();
            SeenObject second = objects.getLast();
            String relation =
                    Relation.of(first.placed(), second.placed()).map(Words::of).orElse("and");
            return "a " + first.label() + " " + relation + " a " + second.label();
        }
        return objects.stream().map(SeenObject::words).collect(Collectors.joining(" and "));
    }
}
