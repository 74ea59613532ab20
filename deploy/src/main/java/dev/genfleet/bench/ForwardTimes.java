package dev.genfleet.bench;

import dev.genfleet.engine.ForwardObserver;
import java.time.Duration;

/** Time within forwards and between them, of an engine that is never idle. */
final class ForwardTimes implements ForwardObserver {

    private long lastEnd;
    private long inside;
    private long between;
    private int forwards;
    private int rows;
    private long timedRows;

    @Override
    public synchronized void forward(int forwardRows, int samples, Duration took) {
        long end = System.nanoTime();
        if (forwards > 0) {
            inside += took.toNanos();
            between += end - lastEnd - took.toNanos();
            timedRows += forwardRows;
        }
        lastEnd = end;
        forwards++;
        rows += forwardRows;
    }

    /** Begins anew; the first forward after it only sets the clock. */
    synchronized void reset() {
        inside = 0;
        between = 0;
        forwards = 0;
        rows = 0;
        timedRows = 0;
    }

    /** Share of a step's time that passes outside the device, 0 to 1. */
    synchronized double hostShare() {
        return (double) between / (inside + between);
    }

    /** Microseconds between two forwards. */
    synchronized double hostMicros() {
        return between / 1e3 / (forwards - 1);
    }

    /** Rows that the device predicts in a second. */
    synchronized double rowsPerSecond() {
        return timedRows / (inside / 1e9);
    }

    /** Milliseconds within one forward. */
    synchronized double forwardMillis() {
        return inside / 1e6 / (forwards - 1);
    }

    /** Rows of all forwards, the first included. */
    synchronized int rows() {
        return rows;
    }

    synchronized int forwards() {
        return forwards;
    }
}
