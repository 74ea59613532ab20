package dev.genfleet.worker.job;

import dev.genfleet.job.JobId;
import dev.genfleet.worker.control.Cancellations;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The attempts that run on this worker now. Safe on any thread. */
public final class RunningJobs implements Cancellations {

    private final Set<JobAttempt> attempts = ConcurrentHashMap.newKeySet();

    void add(JobAttempt attempt) {
        attempts.add(attempt);
    }

    void remove(JobAttempt attempt) {
        attempts.remove(attempt);
    }

    /** How many. */
    public int count() {
        return attempts.size();
    }

    @Override
    public void cancel(JobId job) {
        attempts.stream().filter(attempt -> attempt.jobId().equals(job)).forEach(JobAttempt::cancel);
    }
}
