package dev.genfleet.engine.schedule;

/** What becomes of the predicted picture x₀ within a step. */
enum Clipping {
    /** Left as it is: right for latents, whose range is not known. */
    NONE {
        @Override
        float apply(float x0) {
            return x0;
        }
    },
    /** Clamped to -1 … 1: for models that work on pixels. */
    UNIT {
        @Override
        float apply(float x0) {
            return Math.clamp(x0, -1f, 1f);
        }
    };

    abstract float apply(float x0);
}
