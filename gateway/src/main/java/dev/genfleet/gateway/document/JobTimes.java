package dev.genfleet.gateway.document;

import dev.genfleet.event.GenerationEvent;
import dev.genfleet.gateway.view.JobView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long a job waited and ran, from the times of its events. */
public final class JobTimes {

    private static final double MILLIS = 1000.0;

    private JobTimes() {}

    /** Time from submission until a worker first took it, or until its end when none did. */
    public static Optional<Duration> queued(JobView view) {
        return view.firstLeasedAt()
                .or(() -> view.end().map(GenerationEvent::time))
                .map(until -> between(view.job().createdAt(), until));
    }

    /** Time from the last lease until the end. */
    public static Optional<Duration> ran(JobView view) {
        Optional<Instant> end = view.end().map(GenerationEvent::time);
        return view.lastLeasedAt().flatMap(leased -> end.map(ended -> between(leased, ended)));
    }

    static JobDocument.Metrics metrics(JobView view) {
        Optional<Double> runSeconds = ran(view).map(JobTimes::seconds);
        Optional<Double> stepsPerSecond = view.end()
                .filter(GenerationEvent.Succeeded.class::isInstance)
                .flatMap(end ->
                        runSeconds.filter(run -> run > 0).map(run -> ((GenerationEvent.Succeeded) end).steps() / run));
        return new JobDocument.Metrics(
                queued(view).map(JobTimes::seconds), runSeconds, stepsPerSecond, view.attempts());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS;
    }

    /** Clocks of two machines may disagree; no duration is negative. */
    private static Duration between(Instant from, Instant to) {
        Duration duration = Duration.between(from, to);
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
