package dev.genfleet.gateway.view;

import dev.genfleet.event.EventType;
import dev.genfleet.event.GenerationEvent;
import dev.genfleet.job.LeaseId;
import dev.genfleet.job.QueuedJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job as its facts tell it. The first terminal event by position wins; a failure counts only from the job's last lease at that
 * position, a success from whichever lease it comes. A lease that ended in good order leaves the job queued and is no attempt.
 *
 * @param job what was submitted
 * @param record the job's latest record on its pool's topic
 * @param state where it is
 * @param history the events that counted, in order
 * @param lease the last lease
 * @param attempts how often it was leased, but for the leases that ended in good order
 */
public record JobView(
        QueuedJob job,
        RecordId record,
        JobState state,
        List<Fact.Happened> history,
        Optional<LeaseId> lease,
        int attempts) {

    public JobView {
        history = List.copyOf(history);
    }

    /** Folds facts; empty while the job's own record has not arrived. */
    public static Optional<JobView> fold(JobFacts facts) {
        return facts.queued().map(queued -> fold(queued, facts));
    }

    private static JobView fold(Fact.Queued queued, JobFacts facts) {
        List<Fact.Happened> history = new ArrayList<>();
        JobState state = JobState.QUEUED;
        Leases leases = Leases.NONE;
        for (Map.Entry<Position, GenerationEvent> entry : facts.events().entrySet()) {
            GenerationEvent event = entry.getValue();
            if (!leases.count(event)) {
                continue;
            }
            history.add(new Fact.Happened(entry.getKey(), event));
            leases = leases.after(event);
            state = JobState.after(event.type());
            if (event.terminal()) {
                break;
            }
        }
        return new JobView(queued.job(), queued.record(), state, history, leases.last(), leases.attempts());
    }

    /** The event that ended the job. */
    public Optional<GenerationEvent> end() {
        return state.terminal() ? Optional.of(history.getLast().event()) : Optional.empty();
    }

    /** When a worker first took it. */
    public Optional<Instant> firstLeasedAt() {
        return history.stream()
                .map(Fact.Happened::event)
                .filter(event -> event.type() == EventType.LEASED)
                .map(GenerationEvent::time)
                .findFirst();
    }

    /** When the last lease's first step ran. */
    public Optional<Instant> startedAt() {
        return history.reversed().stream()
                .map(Fact.Happened::event)
                .filter(event -> event.type() == EventType.STARTED)
                .map(GenerationEvent::time)
                .findFirst();
    }

    /** When a worker last took it. */
    public Optional<Instant> lastLeasedAt() {
        return history.reversed().stream()
                .map(Fact.Happened::event)
                .filter(event -> event.type() == EventType.LEASED)
                .map(GenerationEvent::time)
                .findFirst();
    }

    /** Where its last event that counted stands; {@link Position#NONE} before the first. */
    public Position lastPosition() {
        return history.isEmpty() ? Position.NONE : history.getLast().position();
    }
}
