package dev.genfleet.engine;

import java.time.Duration;

/** Told about every forward, on the engine's thread; must return at once. */
@FunctionalInterface
public interface ForwardObserver {

    /**
     * A forward ran.
     *
     * @param rows rows of the denoiser's batch
     * @param samples pictures that moved one step
     * @param took time within the device
     */
    void forward(int rows, int samples, Duration took);

    /**
     * A turn of the engine's loop that ran a forward is over: admitting, choosing, packing, the forward, guidance, the schedulers'
     * steps, and telling listeners.
     *
     * @param wholeNanos all of the turn
     * @param forwardNanos the part of it within the device
     */
    default void turned(long wholeNanos, long forwardNanos) {}

    /** Looks at nothing. */
    static ForwardObserver none() {
        return (rows, samples, took) -> {};
    }
}
