package dev.genfleet.worker.lease;

import java.io.IOException;

/** Puts a copy of a record at the end of its topic, so that the broker counts its deliveries anew. */
@FunctionalInterface
public interface Requeue {

    /**
     * Returns once Kafka has acknowledged the copy.
     *
     * @throws IOException when it was not acknowledged
     */
    void requeue(JobRecord record) throws IOException;
}
