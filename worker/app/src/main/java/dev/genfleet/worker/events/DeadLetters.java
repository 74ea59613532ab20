package dev.genfleet.worker.events;

import dev.genfleet.worker.lease.JobRecord;
import java.util.concurrent.CompletableFuture;

/** Where records go that nobody could use, for people to look at. */
public interface DeadLetters {

    /** Header of a dead letter: why it is one. */
    String REASON = "genfleet_reason";

    /** Header of a dead letter: the topic it was on. */
    String TOPIC = "genfleet_topic";

    /** Header of a dead letter: the partition it was in. */
    String PARTITION = "genfleet_partition";

    /** Header of a dead letter: the offset it had. */
    String OFFSET = "genfleet_offset";

    /**
     * Copies a record with its key, value and headers, and adds where it was and why; returns at once.
     *
     * @return completes once all replicas have it, and with an {@link java.io.IOException} when they cannot be reached
     */
    CompletableFuture<Void> bury(JobRecord record, String reason);
}
