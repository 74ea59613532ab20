package dev.genfleet.gateway.webhook;

import java.time.Duration;
import java.util.Optional;

/** What came of sending. */
sealed interface Answer {

    /**
     * The receiver took it.
     *
     * @param status 2xx
     */
    record Taken(int status) implements Answer {}

    /**
     * The receiver answered 410.
     *
     * @param status 410
     */
    record Gone(int status) implements Answer {}

    /**
     * The receiver answered something else; redirects are not followed.
     *
     * @param status HTTP status
     * @param retryAfter when it wants to be asked again
     */
    record Refused(int status, Optional<Duration> retryAfter) implements Answer {}

    /**
     * Nobody answered, or the guard refused the destination.
     *
     * @param reason a sentence
     */
    record Unreached(String reason) implements Answer {}
}
