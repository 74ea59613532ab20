package dev.genfleet.gateway.reconcile;

import dev.genfleet.event.GenerationEvent;
import dev.genfleet.event.Progress;
import dev.genfleet.gateway.view.JobState;
import dev.genfleet.gateway.view.JobView;
import dev.genfleet.gateway.view.RecordId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What has to be done about a job. Pure. */
enum Verdict {
    /** Nothing. */
    LEAVE,
    /** Its deadline passed before its first step. */
    EXPIRE,
    /** Its record is settled, nobody is heard working on it, and it has not ended. */
    ENQUEUE_AGAIN;

    /**
     * Decides about one job.
     *
     * @param view the job
     * @param progress the latest of its last lease
     * @param firstUnsettled the first record on the partition of the job's record that is not settled, when known
     * @param silence how long a lease may be silent before it counts as lost
     */
    static Verdict of(
            JobView view,
            Optional<Progress> progress,
            Optional<RecordId> firstUnsettled,
            Duration silence,
            Instant now) {
        if (view.state().terminal()) {
            return LEAVE;
        }
        if (view.state() == JobState.QUEUED
                && view.startedAt().isEmpty()
                && view.job().expiredAt(now)) {
            return EXPIRE;
        }
        boolean settled = firstUnsettled
                .filter(first -> view.record().compareTo(first) < 0)
                .isPresent();
        return settled && lastHeard(view, progress).plus(silence).isBefore(now) ? ENQUEUE_AGAIN : LEAVE;
    }

    private static Instant lastHeard(JobView view, Optional<Progress> progress) {
        Instant event = view.history().isEmpty()
                ? view.job().createdAt()
                : view.history().getLast().event().time();
        return progress.map(Progress::time).filter(event::isBefore).orElse(event);
    }

    /** The event that says so. */
    static GenerationEvent expired(JobView view, Instant now) {
        return new GenerationEvent.Expired(view.job().id(), Optional.empty(), now);
    }
}
