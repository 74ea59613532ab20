package dev.genfleet.gateway.projection;

import dev.genfleet.gateway.document.JobTimes;
import dev.genfleet.gateway.view.Fact;
import dev.genfleet.gateway.view.JobView;
import dev.genfleet.gateway.view.ViewStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Counts jobs that end, once in the whole fleet: by the gateway whose application of the event was the first. */
@Singleton
final class JobMeters {

    private final MeterRegistry meters;
    private final ViewStore store;

    JobMeters(MeterRegistry meters, ViewStore store) {
        this.meters = meters;
        this.store = store;
    }

    /** Counts the ends among facts that are new to the view. */
    void count(List<Fact> news) {
        for (Fact fact : news) {
            if (fact instanceof Fact.Happened happened && happened.event().terminal()) {
                JobView.fold(store.find(happened.jobId()))
                        .filter(view -> view.history().contains(happened))
                        .ifPresent(this::count);
            }
        }
    }

    private void count(JobView view) {
        String outcome = view.state().wireName();
        String model = view.job().spec().model();
        meters.counter("genfleet.jobs.ended", "model", model, "outcome", outcome)
                .increment();
        JobTimes.queued(view).ifPresent(time -> timer("genfleet.job.queue", model, outcome, time));
        JobTimes.ran(view).ifPresent(time -> timer("genfleet.job.run", model, outcome, time));
    }

    private void timer(String name, String model, String outcome, Duration time) {
        Timer.builder(name)
                .tags("model", model, "outcome", outcome)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(10))
                .maximumExpectedValue(Duration.ofHours(1))
                .register(meters)
                .record(time);
    }
}
