package dev.genfleet.worker.lease;

import java.time.Duration;
import java.util.Optional;

/** Where a slot gets its records from. Belongs to the slot's thread. */
public interface LeaseSource extends AutoCloseable {

    /**
     * Takes a record, waiting for one. The lease before must be settled or lost.
     *
     * @param wait longest wait
     */
    Optional<Lease> take(Duration wait);

    /** How often the broker hands out a record at most: given back at that count it would vanish without a word. */
    int deliveryLimit();

    /** Gives back what is held and leaves. */
    @Override
    void close();

    /** Opens a source for a slot, on the slot's thread. */
    @FunctionalInterface
    interface Factory {
        LeaseSource open();
    }
}
