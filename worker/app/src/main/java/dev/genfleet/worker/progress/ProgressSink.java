package dev.genfleet.worker.progress;

import dev.genfleet.event.Progress;
import dev.genfleet.job.JobId;

/** Where progress goes. */
public interface ProgressSink {

    /** Takes one report; loses it when nobody is there to take it. Waits a second at most. */
    void accept(Progress progress);

    /**
     * Takes what a job looks like, before the report that tells of it; as lossy, and as quick.
     *
     * @param png a PNG file
     */
    default void show(JobId job, byte[] png) {}
}
