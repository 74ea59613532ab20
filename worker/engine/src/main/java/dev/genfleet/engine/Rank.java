package dev.genfleet.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Who goes first: by priority, then by standing, then who was admitted first. The standing is when a generation was submitted; one
 * that has a deadline counts as submitted no later than {@link #HASTE} before it. Ranks never change, so any two generations keep
 * their order, and within a priority nobody is overtaken by what was submitted {@link #HASTE} after it or later.
 */
final class Rank {

    /** How much a deadline can make up for a late submission: a minute. */
    static final Duration HASTE = Duration.ofMinutes(1);

    /** Higher ranks first; generations that compare as equal go by admission. */
    static final Comparator<ActiveGeneration> ORDER = (left, right) -> {
        Generation a = left.generation();
        Generation b = right.generation();
        int byPriority = a.priority().compareTo(b.priority());
        return byPriority != 0 ? byPriority : standing(a).compareTo(standing(b));
    };

    private Rank() {}

    /** Where a generation's entry goes in a list in this order: behind all of its rank and before all of lower rank. */
    static <T> int placeOf(ActiveGeneration arriving, List<T> ranked, Function<T, ActiveGeneration> generation) {
        int place = ranked.size();
        while (place > 0 && ORDER.compare(arriving, generation.apply(ranked.get(place - 1))) < 0) {
            place--;
        }
        return place;
    }

    private static Instant standing(Generation generation) {
        Instant submitted = generation.submittedAt();
        if (generation.deadline().isEmpty()) {
            return submitted;
        }
        Instant hurried = generation.deadline().get().minus(HASTE);
        return hurried.isBefore(submitted) ? hurried : submitted;
    }
}
