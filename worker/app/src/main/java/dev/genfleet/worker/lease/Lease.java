package dev.genfleet.worker.lease;

import java.time.Duration;

/** A record held by a slot. Belongs to the slot's thread. */
public interface Lease {

    /** The record. */
    JobRecord record();

    /** How often {@link #renew} is due while the record is worked on. */
    Duration renewEvery();

    /** Holds the record for another lock time. After {@link Renewal#LOST} the lease is void. */
    Renewal renew();

    /**
     * Ends the lease. That it returns proves nothing: a record whose lock has passed meanwhile may be at another worker's.
     *
     * @param settlement what becomes of the record
     */
    void settle(Settlement settlement);

    /** Whether the record is still held. */
    enum Renewal {
        HELD,
        LOST
    }

    /** What the broker is told about the record. */
    enum Settlement {
        ACCEPT,
        RELEASE
    }
}
