package dev.genfleet.worker.lease;

/** Works on records that slots took. */
@FunctionalInterface
public interface LeaseHandler {

    /**
     * Starts to work on a record. Called on the slot's thread; may wait for Redis or Kafka for a fraction of the lock, never for
     * the work itself.
     */
    Attempt begin(JobRecord record);
}
