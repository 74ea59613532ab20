package dev.genfleet.engine;

import dev.genfleet.engine.device.Pixels;

/** What decoding hands on. */
sealed interface Exposure {

    Sample sample();

    /**
     * The next frame of a sample.
     *
     * @param pixels decoded
     */
    record Frame(Sample sample, Pixels pixels) implements Exposure {}

    /** No more frames come, because the generation has ended. */
    record Spoilt(Sample sample) implements Exposure {}
}
