package dev.genfleet.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.job.QueuedJob;
import dev.genfleet.worker.testing.SampleJobs;
import dev.genfleet.worker.view.History;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final Instant NOW = SampleJobs.CREATED.plusSeconds(10);
    private static final QueuedJob JOB = SampleJobs.job("default");
    private static final QueuedJob LATE = SampleJobs.withDeadline(JOB, NOW.minusSeconds(1));

    @Test
    void a_new_job_runs_as_its_first_attempt() {
        assertThat(decide(JOB, known(0), 1)).isEqualTo(new Admission.Run(1, 0));
    }

    @Test
    void attempts_are_counted_from_leases_not_from_deliveries() {
        assertThat(decide(JOB, known(1), 4)).isEqualTo(new Admission.Run(2, 3));
    }

    @Test
    void what_was_put_aside_is_no_attempt_but_may_have_left_something() {
        assertThat(decide(JOB, new History.Known(false, false, true, 1, 7), 1)).isEqualTo(new Admission.Run(2, 8));
    }

    @Test
    void a_job_that_ended_is_passed_over_even_when_canceled_or_late() {
        assertThat(decide(LATE, new History.Known(true, true, true, 3, 0), 1)).isEqualTo(new Admission.EndedBefore());
    }

    @Test
    void a_job_nobody_wants_any_more_is_canceled() {
        assertThat(decide(JOB, new History.Known(false, true, false, 0, 0), 1)).isEqualTo(new Admission.Cancel());
    }

    @Test
    void a_deadline_concerns_starting_only() {
        assertThat(decide(LATE, known(0), 1)).isEqualTo(new Admission.Expire());
        assertThat(decide(LATE, new History.Known(false, false, true, 1, 0), 2)).isEqualTo(new Admission.Run(2, 1));
    }

    @Test
    void a_deadline_that_is_just_reached_has_passed() {
        assertThat(decide(SampleJobs.withDeadline(JOB, NOW), known(0), 1)).isEqualTo(new Admission.Expire());
        assertThat(decide(SampleJobs.withDeadline(JOB, NOW.plus(Duration.ofMillis(1))), known(0), 1))
                .isEqualTo(new Admission.Run(1, 0));
    }

    @Test
    void without_the_view_deliveries_stand_in_for_attempts() {
        assertThat(decide(JOB, new History.Unknown(), 3)).isEqualTo(new Admission.Run(3, 2));
        assertThat(decide(JOB, new History.Unknown(), 6)).isInstanceOf(Admission.GiveUp.class);
    }

    @Test
    void without_the_view_only_a_first_delivery_can_be_late() {
        assertThat(decide(LATE, new History.Unknown(), 1)).isEqualTo(new Admission.Expire());
        assertThat(decide(LATE, new History.Unknown(), 2)).isEqualTo(new Admission.Run(2, 1));
    }

    @Test
    void a_job_tried_often_enough_is_given_up() {
        assertThat(decide(JOB, known(4), 1)).isEqualTo(new Admission.Run(5, 4));
        assertThat(decide(JOB, known(5), 1))
                .isEqualTo(new Admission.GiveUp(
                        "Job " + JOB.id() + " was tried 5 times without a result, but is tried 5 times at most."));
    }

    private static History known(int leases) {
        return new History.Known(false, false, false, leases, 0);
    }

    private static Admission decide(QueuedJob job, History history, int deliveries) {
        return Admission.decide(job, history, deliveries, 5, NOW);
    }
}
