package dev.genfleet.event;

import dev.genfleet.job.JobId;
import dev.genfleet.job.LeaseId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a job is. Lossy: only the latest is kept, in Redis; only the job's last lease may report it.
 *
 * @param jobId the job
 * @param leaseId the lease that runs it
 * @param step steps done, from 0
 * @param steps steps in all
 * @param etaSeconds estimate of the time until the last step
 * @param time when
 * @param previewStep step of the job's latest preview, where it shows any
 */
public record Progress(
        JobId jobId,
        LeaseId leaseId,
        int step,
        int steps,
        double etaSeconds,
        Instant time,
        Optional<Integer> previewStep) {
    public Progress {
        previewStep = previewStep == null ? Optional.empty() : previewStep;
        Objects.requireNonNull(jobId, "job_id");
        Objects.requireNonNull(leaseId, "lease_id");
        Objects.requireNonNull(time, "time");
        if (step < 0 || steps < 1 || step > steps) {
            throw new IllegalArgumentException("progress is step " + step + " of " + steps + ", which cannot be");
        }
    }

    /** Progress without a preview. */
    public Progress(JobId jobId, LeaseId leaseId, int step, int steps, double etaSeconds, Instant time) {
        this(jobId, leaseId, step, steps, etaSeconds, time, Optional.empty());
    }

    /** Share of the steps done, 0 to 1. */
    public double fraction() {
        return (double) step / steps;
    }
}
