package dev.genfleet.gateway.view;

import dev.genfleet.event.GenerationEvent;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known about one job. Adding facts is commutative and idempotent: the order of arrival and repetitions do not matter.
 *
 * @param queued the job's latest record; empty while only events have arrived
 * @param events what happened, by position
 */
public record JobFacts(Optional<Fact.Queued> queued, SortedMap<Position, GenerationEvent> events) {

    /** Nothing known. */
    public static final JobFacts NONE = new JobFacts(Optional.empty(), new TreeMap<>());

    public JobFacts {
        events = Collections.unmodifiableSortedMap(new TreeMap<>(events));
    }

    /** These facts and one more. */
    public JobFacts with(Fact fact) {
        return switch (fact) {
            case Fact.Queued arrived ->
                queued.filter(known -> known.record().compareTo(arrived.record()) >= 0)
                                .isPresent()
                        ? this
                        : new JobFacts(Optional.of(arrived), events);
            case Fact.Happened happened -> {
                SortedMap<Position, GenerationEvent> more = new TreeMap<>(events);
                more.putIfAbsent(happened.position(), happened.event());
                yield new JobFacts(queued, more);
            }
        };
    }

    /** These facts as they were when the event at {@code last} had just happened. */
    public JobFacts upTo(Position last) {
        SortedMap<Position, GenerationEvent> until = new TreeMap<>(events.headMap(last));
        Optional.ofNullable(events.get(last)).ifPresent(event -> until.put(last, event));
        return new JobFacts(queued, until);
    }
}
