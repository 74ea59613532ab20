package dev.genfleet.worker.lease;

/** Works on records that slots took. */
@FunctionalInterface
public interface LeaseHandler {

    /**
     * Starts to work on a record. Called on the slot's thread, which renews the lease only after this returns: it may ask Redis,
     * and waits for nothing else.
     */
    Attempt begin(JobRecord record);
}
