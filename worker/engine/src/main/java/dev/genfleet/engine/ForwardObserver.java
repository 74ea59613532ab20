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

    /** Looks at nothing. */
    static ForwardObserver none() {
        return (rows, samples, took) -> {};
    }
}
