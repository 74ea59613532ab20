package dev.genfleet.samples;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Two objects that are taken for the two that were asked for.
 *
 * @param first what is taken for the first
 * @param second what is taken for the second
 */
record PairMatch(Scene.TwoObjects asked, SeenObject first, SeenObject second) {

    /** The way round by which more is right; nothing if the picture does not show exactly two objects. */
    static Optional<PairMatch> best(Scene.TwoObjects asked, Observation seen) {
        List<SeenObject> objects = seen.objects();
        if (seen.pieces() != 2 || objects.size() != 2) {
            return Optional.empty();
        }
        SeenObject one = objects.getFirst();
        SeenObject other = objects.getLast();
        PairMatch asSeen = new PairMatch(asked, one, other);
        PairMatch swapped = new PairMatch(asked, other, one);
        return Stream.of(asSeen, swapped).max(Comparator.comparingLong(PairMatch::right));
    }

    boolean bothColours() {
        return firstColour() && secondColour();
    }

    boolean bothShapes() {
        return firstShape() && secondShape();
    }

    boolean relation() {
        return asked.relation().holds(first.placed(), second.placed());
    }

    /** How much of what is said about the two is right. */
    private long right() {
        return Stream.of(firstColour(), secondColour(), firstShape(), secondShape(), relation())
                .filter(right -> right)
                .count();
    }

    private boolean firstColour() {
        return first.colour() == asked.first().colour();
    }

    private boolean secondColour() {
        return second.colour() == asked.second().colour();
    }

    private boolean firstShape() {
        return first.shape() == asked.first().shape();
    }

    private boolean secondShape() {
        return second.shape() == asked.second().shape();
    }
}
