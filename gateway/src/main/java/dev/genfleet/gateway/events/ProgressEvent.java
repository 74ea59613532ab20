package dev.genfleet.gateway.events;

import dev.genfleet.event.Progress;
import dev.genfleet.gateway.document.Links;
import dev.genfleet.job.JobId;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * Data of a {@code generation.progress} event.
 *
 * @param jobId the job
 * @param step steps done
 * @param steps steps in all
 * @param fraction share done, 0 to 1
 * @param etaSeconds estimate of the time until the last step
 * @param time when
 * @param previewUrl where to see what is under way, of jobs that asked for it
 */
record ProgressEvent(
        JobId jobId, int step, int steps, double fraction, double etaSeconds, Instant time, Optional<URI> previewUrl) {

    static ProgressEvent of(Progress progress, URI base) {
        return new ProgressEvent(
                progress.jobId(),
                progress.step(),
                progress.steps(),
                progress.fraction(),
                progress.etaSeconds(),
                progress.time(),
                Links.preview(base, progress));
    }
}
