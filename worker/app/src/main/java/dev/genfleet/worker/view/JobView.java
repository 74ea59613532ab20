package dev.genfleet.worker.view;

import dev.genfleet.job.JobId;

/** The view of jobs that gateways keep. It may lag behind the events, and it may be gone. */
@FunctionalInterface
public interface JobView {

    /** What is known about a job now; waits a second at most. */
    History of(JobId job);
}
