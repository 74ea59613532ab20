package dev.genfleet.engine;

/** One picture or video between two steps. The arrays are handed over, not copied; nobody changes them. */
public final class SampleState {

    private final int step;
    private final float[] latents;
    private final float[][] history;

    /**
     * Wraps a state.
     *
     * @param step steps that have run
     * @param latents {@code [channels, height, width]}, or {@code [channels, frames, height, width]} of a video, flat
     * @param history what the scheduler keeps between steps, each as long as the latents
     */
    public SampleState(int step, float[] latents, float[][] history) {
        this.step = step;
        this.latents = latents;
        this.history = history;
    }

    /** Steps that have run. */
    public int step() {
        return step;
    }

    /** Latents, flat; not a copy. */
    public float[] latents() {
        return latents;
    }

    /** What the scheduler keeps between steps; not a copy. */
    public float[][] history() {
        return history;
    }

    /** Whether every number is one. */
    boolean finite() {
        boolean finite = finite(latents);
        for (float[] array : history) {
            finite &= finite(array);
        }
        return finite;
    }

    private static boolean finite(float[] array) {
        float sum = 0;
        for (float value : array) {
            sum += value * 0f; // NaN as soon as one value is infinite or NaN
        }
        return sum == 0f;
    }
}
