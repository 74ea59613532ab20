package dev.genfleet.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * When a generation is due a checkpoint: one interval after its start, then at most once an interval, and no more when at the rate
 * so far its last step is less than an interval away. So a job too short to matter never has one, and what a crash costs is about
 * an interval. Owned by the engine's thread.
 */
final class CheckpointPace {

    private final Duration every;
    private Instant begun = Instant.EPOCH;
    private Instant last = Instant.EPOCH;
    private long doneBefore;

    /**
     * A pace.
     *
     * @param every the interval; zero for no checkpoints at all
     */
    CheckpointPace(Duration every) {
        this.every = every;
    }

    /**
     * Starts the clock.
     *
     * @param done steps that had run before
     */
    void begin(Instant now, long done) {
        begun = now;
        last = now;
        doneBefore = done;
    }

    /**
     * Whether a checkpoint is due now, which is taken for granted then.
     *
     * @param done steps of all pictures that have run
     * @param all steps of all pictures
     */
    boolean due(Instant now, long done, long all) {
        if (every.isZero() || now.isBefore(last.plus(every)) || done == doneBefore) {
            return false;
        }
        double left = (double) Duration.between(begun, now).toNanos() / (done - doneBefore) * (all - done);
        if (left < every.toNanos()) {
            return false;
        }
        last = now;
        return true;
    }
}
