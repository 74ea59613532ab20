package dev.genfleet.engine;

import dev.genfleet.engine.guidance.Guidance;
import dev.genfleet.engine.noise.NoiseStream;
import java.time.Instant;

/**
 * One picture or video on its way: latents, the number of steps that moved them, and what its scheduler keeps of them. Everything else
 * follows from the spec, so these are all that a checkpoint needs. Owned by the engine's thread until its last step, then by one decode thread.
 */
final class Sample {

    private final ActiveGeneration generation;
    private final int index;
    private final NoiseStream noise;
    private final float[] latents;
    private final float[][] history;
    private int step;
    private Instant waitingSince;

    /** Picture {@code index} of a generation, its initial latents drawn. */
    Sample(ActiveGeneration generation, int index, Instant now) {
        this(generation, index, blank(generation.plan()), now);
        noise.fill(0, latents);
        float deviation = plan().scheduler().initialDeviation();
        if (deviation != 1) {
            scale(latents, deviation, latents);
        }
    }

    /** Picture {@code index} of a generation, as {@code state} has it, whose arrays it takes over. */
    private Sample(ActiveGeneration generation, int index, SampleState state, Instant now) {
        this.generation = generation;
        this.index = index;
        this.noise = new NoiseStream(generation.spec().seedOf(index), state.latents().length);
        this.latents = state.latents();
        this.history = state.history();
        this.step = state.step();
        this.waitingSince = now;
    }

    private static SampleState blank(SamplingPlan plan) {
        int elements = plan.shape().elements();
        return new SampleState(
                0, new float[elements], new float[plan.scheduler().historyLength()][elements]);
    }

    /** Picture {@code index} of a generation, as it was when {@code state} was noted. */
    static Sample resumed(ActiveGeneration generation, int index, SampleState state, Instant now) {
        return new Sample(
                generation, index, new SampleState(state.step(), state.latents().clone(), copy(state.history())), now);
    }

    /** What a worker needs to go on from here: a copy, but for what no step changes any more. */
    SampleState state() {
        return done() ? new SampleState(step, latents, history) : new SampleState(step, latents.clone(), copy(history));
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
        return step == plan().steps();
    }

    /** How the rows of its next step are combined. */
    Guidance guidance() {
        return plan().guidance(step);
    }

    /** Rows of its next step. */
    int rows() {
        return guidance().branches().size();
    }

    /**
     * The latents as the denoiser takes them at the next step.
     *
     * @param scratch as long as the latents; written where they must be scaled
     */
    float[] input(float[] scratch) {
        float scale = plan().scheduler().inputScale(step);
        if (scale == 1) {
            return latents;
        }
        scale(latents, scale, scratch);
        return scratch;
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
        plan().scheduler().step(step, latents, prediction, scratch, history);
        step++;
        float sum = 0;
        for (float value : latents) {
            sum += value * 0f; // NaN as soon as one value is infinite or NaN
        }
        return sum == 0f;
    }

    private static void scale(float[] from, float factor, float[] to) {
        for (int i = 0; i < from.length; i++) {
            to[i] = from[i] * factor;
        }
    }

    private static float[][] copy(float[][] arrays) {
        float[][] copies = new float[arrays.length][];
        for (int i = 0; i < arrays.length; i++) {
            copies[i] = arrays[i].clone();
        }
        return copies;
    }

    /** Notes that it has just moved. */
    void movedAt(Instant now) {
        waitingSince = now;
    }
}
