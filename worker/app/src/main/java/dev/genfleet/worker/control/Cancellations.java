package dev.genfleet.worker.control;

import dev.genfleet.job.JobId;

/** Stops jobs that run here. */
@FunctionalInterface
public interface Cancellations {

    /** Asks whatever attempt of the job runs here to stop at its next step; nothing when none does. Returns at once. */
    void cancel(JobId job);
}
