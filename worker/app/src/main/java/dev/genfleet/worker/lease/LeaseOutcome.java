package dev.genfleet.worker.lease;

import java.time.Duration;

/** What becomes of a record that a slot holds. */
public sealed interface LeaseOutcome {

    /** The record is done with: what had to be said about it is acknowledged by Kafka. */
    record Accept() implements LeaseOutcome {}

    /**
     * The record is given back and will be delivered again, to any worker.
     *
     * @param holdFor the slot keeps the record this long before it gives it back, so that a record nobody can take does not
     *     circle between workers at full speed
     */
    record Release(Duration holdFor) implements LeaseOutcome {
        public Release {
            if (holdFor.isNegative()) {
                throw new IllegalArgumentException("hold_for is " + holdFor + ", but must not be negative");
            }
        }
    }

    /** Done with. */
    static LeaseOutcome accept() {
        return new Accept();
    }

    /** Given back at once. */
    static LeaseOutcome release() {
        return new Release(Duration.ZERO);
    }

    /** Given back after a while. */
    static LeaseOutcome releaseAfter(Duration hold) {
        return new Release(hold);
    }
}
