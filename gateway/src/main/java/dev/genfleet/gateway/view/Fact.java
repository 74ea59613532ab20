package dev.genfleet.gateway.view;

import dev.genfleet.event.GenerationEvent;
import dev.genfleet.job.JobId;
import dev.genfleet.job.QueuedJob;

/** One record of Kafka about one job. */
public sealed interface Fact {

    JobId jobId();

    /**
     * The job's record on its pool's topic.
     *
     * @param record where it stands
     * @param job the job
     */
    record Queued(RecordId record, QueuedJob job) implements Fact {
        @Override
        public JobId jobId() {
            return job.id();
        }
    }

    /**
     * Something that happened to the job.
     *
     * @param position where the event stands
     * @param event what happened
     */
    record Happened(Position position, GenerationEvent event) implements Fact {
        @Override
        public JobId jobId() {
            return event.jobId();
        }
    }
}
