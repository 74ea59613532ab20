package dev.genfleet.worker.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves when it is told to. */
public final class ManualClock implements InstantSource {

    private volatile Instant now;

    /** Stands still at {@code start}. */
    public ManualClock(Instant start) {
        now = start;
    }

    /** Moves on. */
    public void advance(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
