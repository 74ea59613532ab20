package dev.genfleet.engine.schedule;

/**
 * What becomes of the predicted picture x₀ within a step.
 *
 * @param range x₀ is clamped to ± this
 */
record Clipping(float range) {

    /** Left as it is: right for latents, whose range is not known. */
    static final Clipping NONE = new Clipping(Float.POSITIVE_INFINITY);

    /** Clamped to -1 … 1: for models that work on pixels. */
    static final Clipping UNIT = new Clipping(1);

    /** Writes x₀, read from all of {@code latents} and clamped, to {@code out}. */
    void pictures(Reading reading, float[] latents, float[] prediction, float[] out) {
        for (int i = 0; i < latents.length; i++) {
            out[i] = apply(reading.of(latents[i], prediction[i]));
        }
    }

    float apply(float x0) {
        return range == Float.POSITIVE_INFINITY ? x0 : Math.clamp(x0, -range, range);
    }
}
