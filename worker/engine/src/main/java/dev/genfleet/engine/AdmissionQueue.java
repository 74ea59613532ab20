package dev.genfleet.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Generations that wait for working memory. Owned by the engine's thread.
 *
 * <p>The next one is the first by {@link Rank} that there is room for, so a small one need not wait behind a large one. But each
 * that is waiting counts those that came after it and were admitted before it; once it was passed {@value #MOST_PASSED} times
 * nobody else is admitted before it, so that the room it needs comes together. Of several such, the one that came first.
 */
final class AdmissionQueue {

    static final int MOST_PASSED = 8;

    private final List<Waiting> byRank = new ArrayList<>();
    private long arrivals;

    void add(ActiveGeneration generation) {
        int place = Rank.placeOf(generation, byRank, each -> each.generation);
        byRank.add(place, new Waiting(generation, arrivals++));
    }

    boolean isEmpty() {
        return byRank.isEmpty();
    }

    /** Takes those out that are to end instead. */
    void removeIf(Predicate<ActiveGeneration> ends) {
        for (Iterator<Waiting> all = byRank.iterator(); all.hasNext(); ) {
            if (ends.test(all.next().generation)) {
                all.remove();
            }
        }
    }

    /** Takes the next one out, if there is room for it. */
    Optional<ActiveGeneration> next(Predicate<ActiveGeneration> fits) {
        Optional<Waiting> overdue = overdue();
        Stream<Waiting> allowed = overdue.isPresent() ? overdue.stream() : byRank.stream();
        Optional<Waiting> next =
                allowed.filter(each -> fits.test(each.generation)).findFirst();
        next.ifPresent(this::admit);
        return next.map(admitted -> admitted.generation);
    }

    private Optional<Waiting> overdue() {
        Optional<Waiting> first = Optional.empty();
        for (Waiting each : byRank) {
            if (each.passed >= MOST_PASSED && (first.isEmpty() || each.arrival < first.get().arrival)) {
                first = Optional.of(each);
            }
        }
        return first;
    }

    private void admit(Waiting admitted) {
        byRank.remove(admitted);
        for (Waiting each : byRank) {
            if (each.arrival < admitted.arrival) {
                each.passed++;
            }
        }
    }

    /** One that waits. */
    private static final class Waiting {
        private final ActiveGeneration generation;
        private final long arrival;
        private int passed;

        Waiting(ActiveGeneration generation, long arrival) {
            this.generation = generation;
            this.arrival = arrival;
        }
    }
}
