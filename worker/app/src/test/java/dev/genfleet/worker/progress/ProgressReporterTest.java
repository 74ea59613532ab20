package dev.genfleet.worker.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.event.Progress;
import dev.genfleet.job.JobId;
import dev.genfleet.job.LeaseId;
import dev.genfleet.worker.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgressReporterTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final List<Progress> told = new ArrayList<>();
    private final ProgressReporter reporter = new ProgressReporter(told::add, clock);
    private final JobId job = JobId.next();
    private final LeaseId lease = LeaseId.next();

    @AfterEach
    void close() {
        reporter.close();
    }

    @Test
    void tells_the_first_step_at_once_then_at_most_every_250_ms() {
        reporter.begin(job, lease);
        for (int step = 1; step <= 10; step++) {
            clock.advance(Duration.ofMillis(100));
            reporter.stepped(lease, step, 20);
            reporter.runOnce();
        }
        assertThat(told).extracting(Progress::step).containsExactly(1, 4, 7, 10);
    }

    @Test
    void tells_the_last_step_however_soon_it_comes() {
        reporter.begin(job, lease);
        reporter.stepped(lease, 1, 2);
        reporter.runOnce();
        clock.advance(Duration.ofMillis(1));
        reporter.stepped(lease, 2, 2);
        reporter.end(lease);
        reporter.runOnce();
        reporter.runOnce();
        assertThat(told).extracting(Progress::step).containsExactly(1, 2);
    }

    @Test
    void says_nothing_while_nothing_moves_or_is_not_followed() {
        reporter.begin(job, lease);
        reporter.stepped(LeaseId.next(), 1, 2);
        reporter.runOnce();
        assertThat(told).isEmpty();
    }

    @Test
    void estimates_from_the_steps_done() {
        reporter.begin(job, lease);
        clock.advance(Duration.ofSeconds(2));
        reporter.stepped(lease, 5, 20);
        reporter.runOnce();
        assertThat(told).containsExactly(new Progress(job, lease, 5, 20, 6.0, clock.instant()));
    }

    @Test
    void estimates_from_the_steps_done_here() {
        reporter.begin(job, lease, 10);
        clock.advance(Duration.ofSeconds(2));
        reporter.stepped(lease, 14, 20);
        reporter.runOnce();
        assertThat(told).containsExactly(new Progress(job, lease, 14, 20, 3.0, clock.instant()));
    }

    @Test
    void estimates_also_for_a_job_that_starts_over() {
        reporter.begin(job, lease, 10);
        clock.advance(Duration.ofSeconds(2));
        reporter.stepped(lease, 5, 20);
        reporter.runOnce();
        assertThat(told).containsExactly(new Progress(job, lease, 5, 20, 6.0, clock.instant()));
    }
}
