package dev.genfleet.engine;

import dev.genfleet.engine.noise.NoiseStream;
import java.time.Instant;

/**
 * One picture or video on its way: latents and the number of steps that moved them. Everything else follows from the spec, so these two
 * are all that a checkpoint needs. Owned by the engine's thread until its last step, then by one decode thread.
 */
final class Sample {

    private final ActiveGeneration generation;
    private final int index;
    private final NoiseStream noise;
    private final float[] latents;
    private int step;
    private Instant waitingSince;

    /** Picture {@code index} of a generation, its initial latents drawn. */
    Sample(ActiveGeneration generation, int index, Instant now) {
        this.generation = generation;
        this.index = index;
        int elements = generation.plan().shape().elements();
        this.noise = new NoiseStream(generation.spec().seedOf(index), elements);
        this.latents = new float[elements];
        this.waitingSince = now;
        noise.fill(0, latents);
    }

    ActiveGeneration generation() {
        return generation;
    }

    SamplingPlan plan() {
        return generation.plan();
    }

    int index() {
        return index;
    }

    /** {@code [channels, height, width]}, or {@code [channels, frames, height, width]} of a video, flat; not a copy. */
    float[] latents() {
        return latents;
    }

    /** Steps that have run, which is the index of the next. */
    int step() {
        return step;
    }

    boolean done() {
        return step == plan().scheduler().steps();
    }

    /** Since when it has not moved. */
    Instant waitingSince() {
        return waitingSince;
    }

    /**
     * Moves the latents by the next step.
     *
     * @param prediction guided
     * @param scratch for the step's noise, as long as the latents
     * @return whether the new latents are all finite
     */
    boolean advance(float[] prediction, float[] scratch) {
        if (plan().scheduler().needsNoise(step)) {
            noise.fill(1L + step, scratch);
        }
        plan().scheduler().step(step, latents, prediction, scratch);
        step++;
        float sum = 0;
        for (float value : latents) {
            sum += value * 0f; // NaN as soon as one value is infinite or NaN
        }
        return sum == 0f;
    }

    /** Notes that it has just moved. */
    void movedAt(Instant now) {
        waitingSince = now;
    }
}
