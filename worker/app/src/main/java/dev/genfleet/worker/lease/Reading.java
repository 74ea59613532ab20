package dev.genfleet.worker.lease;

import dev.genfleet.job.JobId;
import dev.genfleet.job.QueuedJob;
import dev.genfleet.wire.TraceContext;
import java.util.Optional;

/** What a record on a jobs topic turned out to be. */
public sealed interface Reading {

    /**
     * A job.
     *
     * @param job the job
     * @param trace the trace that it belongs to; a new one when the record names none
     */
    record Job(QueuedJob job, TraceContext trace) implements Reading {}

    /**
     * Nothing that any version of this program could read.
     *
     * @param key the job that its key names, when it names one
     * @param reason a sentence
     */
    record Unreadable(Optional<JobId> key, String reason) implements Reading {}

    /**
     * A job in a newer form, which waits for a newer program.
     *
     * @param reason a sentence
     */
    record Newer(String reason) implements Reading {}
}
