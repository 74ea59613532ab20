package dev.genfleet.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that only moves when told to. */
final class ManualClock implements InstantSource {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = START;

    @Override
    public Instant instant() {
        return now;
    }

    /** Nanoseconds since it was made. */
    long nanos() {
        return Duration.between(START, now).toNanos();
    }

    void advance(Duration by) {
        now = now.plus(by);
    }
}
