package dev.genfleet.gateway.events;

import dev.genfleet.event.Progress;
import dev.genfleet.job.JobId;
import java.time.Instant;

/**
 * Data of a {@code generation.progress} event.
 *
 * @param jobId the job
 * @param step steps done
 * @param steps steps in all
 * @param fraction share done, 0 to 1
 * @param etaSeconds estimate of the time until the last step
 * @param time when
 */
record ProgressEvent(JobId jobId, int step, int steps, double fraction, double etaSeconds, Instant time) {

    static ProgressEvent of(Progress progress) {
        return new ProgressEvent(
                progress.jobId(),
                progress.step(),
                progress.steps(),
                progress.fraction(),
                progress.etaSeconds(),
                progress.time());
    }
}
