package dev.genfleet.gateway.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.event.Progress;
import dev.genfleet.gateway.view.Fact;
import dev.genfleet.gateway.view.JobFacts;
import dev.genfleet.gateway.view.JobView;
import dev.genfleet.gateway.view.Jobs;
import dev.genfleet.gateway.view.RecordId;
import dev.genfleet.job.JobId;
import dev.genfleet.job.LeaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class VerdictTest {

    private static final Duration SILENCE = Duration.ofMinutes(2);
    private static final Optional<RecordId> SETTLED = Optional.of(new RecordId(Jobs.TOPIC, 3, 8));
    private static final Optional<RecordId> WAITING = Optional.of(new RecordId(Jobs.TOPIC, 3, 7));

    private final JobId id = JobId.next();
    private final LeaseId lease = LeaseId.next();

    @Test
    void aQueuedJobExpiresAtItsDeadline() {
        assertThat(verdict(Jobs.NOON.plusSeconds(59), WAITING)).isEqualTo(Verdict.LEAVE);
        assertThat(verdict(Jobs.NOON.plusSeconds(60), WAITING)).isEqualTo(Verdict.EXPIRE);
    }

    @Test
    void aLeasedJobDoesNotExpire() {
        assertThat(verdict(Jobs.NOON.plusSeconds(90), WAITING, Jobs.at(0, Jobs.leased(id, lease))))
                .isEqualTo(Verdict.LEAVE);
    }

    @Test
    void aJobThatWasPutAsideExpiresOnlyIfItNeverStarted() {
        Instant late = Jobs.NOON.plusSeconds(90);
        Fact leased = Jobs.at(0, Jobs.leased(id, lease));
        Fact released = Jobs.at(2, Jobs.released(id, lease));
        assertThat(verdict(late, WAITING, leased, released)).isEqualTo(Verdict.EXPIRE);
        assertThat(verdict(late, WAITING, leased, Jobs.at(1, Jobs.started(id, lease)), released))
                .isEqualTo(Verdict.LEAVE);
    }

    @Test
    void aJobThatWasPutAsideAndLostIsEnqueuedAgain() {
        Fact leased = Jobs.at(0, Jobs.leased(id, lease));
        Fact started = Jobs.at(1, Jobs.started(id, lease));
        Fact released = Jobs.at(2, Jobs.released(id, lease));
        Instant late = Jobs.NOON.plusSeconds(123);
        assertThat(verdict(late, SETTLED, leased, started, released)).isEqualTo(Verdict.ENQUEUE_AGAIN);
        assertThat(verdict(late, WAITING, leased, started, released)).isEqualTo(Verdict.LEAVE);
    }

    @Test
    void aSilentLeaseOfASettledRecordIsLost() {
        Fact leased = Jobs.at(0, Jobs.leased(id, lease));
        Instant late = Jobs.NOON.plusSeconds(122);
        assertThat(verdict(late.minusSeconds(2), SETTLED, leased)).isEqualTo(Verdict.LEAVE);
        assertThat(verdict(late, SETTLED, leased)).isEqualTo(Verdict.ENQUEUE_AGAIN);
        assertThat(verdict(late, WAITING, leased)).isEqualTo(Verdict.LEAVE);
        assertThat(verdict(late, Optional.empty(), leased)).isEqualTo(Verdict.LEAVE);
    }

    @Test
    void progressBreaksTheSilence() {
        Instant late = Jobs.NOON.plusSeconds(300);
        Progress progress = new Progress(id, lease, 3, 50, 1, late.minusSeconds(10));
        JobView view = view(Jobs.at(0, Jobs.leased(id, lease)));
        assertThat(Verdict.of(view, Optional.of(progress), SETTLED, SILENCE, late))
                .isEqualTo(Verdict.LEAVE);
    }

    @Test
    void anEndedJobIsLeftAlone() {
        assertThat(verdict(Jobs.NOON.plusSeconds(900), SETTLED, Jobs.at(0, Jobs.canceled(id))))
                .isEqualTo(Verdict.LEAVE);
    }

    private Verdict verdict(Instant now, Optional<RecordId> firstUnsettled, Fact... facts) {
        return Verdict.of(view(facts), Optional.empty(), firstUnsettled, SILENCE, now);
    }

    private JobView view(Fact... facts) {
        JobFacts known = JobFacts.NONE.with(Jobs.queued(Jobs.job(id), 7));
        for (Fact fact : facts) {
            known = known.with(fact);
        }
        return JobView.fold(known).orElseThrow();
    }
}
