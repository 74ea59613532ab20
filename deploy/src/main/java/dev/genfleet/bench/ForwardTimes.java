package dev.genfleet.bench;

import dev.genfleet.engine.ForwardObserver;
import java.time.Duration;

/** Time of the loop's turns, within forwards and beside them. */
final class ForwardTimes implements ForwardObserver {

    private long inside;
    private long beside;
    private int forwards;
    private int rows;

    @Override
    public synchronized void forward(int forwardRows, int samples, Duration took) {
        forwards++;
        rows += forwardRows;
    }

    @Override
    public synchronized void turned(long wholeNanos, long forwardNanos) {
        inside += forwardNanos;
        beside += wholeNanos - forwardNanos;
    }

    /** Begins anew. */
    synchronized void reset() {
        inside = 0;
        beside = 0;
        forwards = 0;
        rows = 0;
    }

    /** Share of a step's time that passes outside the device, 0 to 1. */
    synchronized double hostShare() {
        return (double) beside / (inside + beside);
    }

    /** Microseconds of a step outside the device. */
    synchronized double hostMicros() {
        return beside / 1e3 / forwards;
    }

    /** Milliseconds within one forward. */
    synchronized double forwardMillis() {
        return inside / 1e6 / forwards;
    }

    /** Rows that the device predicts in a second. */
    synchronized double rowsPerSecond() {
        return rows / (inside / 1e9);
    }

    /** Mean rows of a forward. */
    synchronized double rowsOfForward() {
        return (double) rows / forwards;
    }
}
