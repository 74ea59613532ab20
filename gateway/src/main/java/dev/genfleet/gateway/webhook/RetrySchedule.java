package dev.genfleet.gateway.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * When to try again. Waits are counted from the attempt before and lengthened by up to a tenth, so that many deliveries that failed
 * together do not come back together.
 *
 * @param waits before each attempt, the first one included
 * @param jitter draws from 0 to 1
 */
record RetrySchedule(List<Duration> waits, DoubleSupplier jitter) {

    private static final double MOST_JITTER = 0.1;
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofDays(1);

    RetrySchedule {
        waits = List.copyOf(waits);
        if (waits.isEmpty()) {
            throw new IllegalArgumentException("the webhook retry schedule is empty, but must name at least one wait");
        }
    }

    /** When the first attempt is due. */
    Instant first(Instant scheduled) {
        return scheduled.plus(waits.getFirst());
    }

    /**
     * When the next attempt is due.
     *
     * @param made attempts made so far
     * @param last when the last one was
     * @param retryAfter what the receiver asked for
     * @return empty when the schedule is used up
     */
    Optional<Instant> next(int made, Instant last, Optional<Duration> retryAfter) {
        if (made >= waits.size()) {
            return Optional.empty();
        }
        Duration wait = waits.get(made);
        Duration lengthened =
                wait.plusMillis((long) (wait.toMillis() * MOST_JITTER * Math.clamp(jitter.getAsDouble(), 0.0, 1.0)));
        Duration asked = retryAfter.map(RetrySchedule::capped).orElse(Duration.ZERO);
        return Optional.of(last.plus(asked.compareTo(lengthened) > 0 ? asked : lengthened));
    }

    private static Duration capped(Duration asked) {
        return asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
    }
}
