package dev.genfleet.engine;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What time it is.
 *
 * @param instants of the world, which deadlines and submissions are told in
 * @param nanoTime nanoseconds from anywhere, which durations are measured with
 */
record Clocks(InstantSource instants, LongSupplier nanoTime) {

    /** The machine's own. */
    static Clocks system() {
        return new Clocks(InstantSource.system(), System::nanoTime);
    }
}
