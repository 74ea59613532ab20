package dev.genfleet.worker.job;

import java.time.Duration;

/**
 * How long and how often a worker tries.
 *
 * @param maxAttempts attempts of a job before it fails for good, from 1
 * @param acknowledgement longest wait for Kafka before work starts
 * @param retryPause how long a record is kept after an attempt that another worker may do better
 * @param newerPause how long a record is kept that waits for a newer program
 */
public record Patience(int maxAttempts, Duration acknowledgement, Duration retryPause, Duration newerPause) {

    public Patience {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("max_attempts is " + maxAttempts + ", but must be at least 1");
        }
    }

    /** The usual waits. */
    public static Patience of(int maxAttempts) {
        return new Patience(maxAttempts, Duration.ofSeconds(15), Duration.ofSeconds(2), Duration.ofSeconds(30));
    }
}
