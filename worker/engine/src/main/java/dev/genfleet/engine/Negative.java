package dev.genfleet.engine;

import dev.genfleet.model.LatentShape;

/** A denoised sample whose frames are decoded one after the other. Owned by one decode thread. */
final class Negative {

    private final Sample sample;
    private final LatentShape shape;
    private int next;

    Negative(Sample sample) {
        this.sample = sample;
        this.shape = sample.plan().shape();
    }

    Sample sample() {
        return sample;
    }

    boolean hasNext() {
        return next < shape.frames();
    }

    /** Index of the next frame, which counts as taken. */
    int next() {
        return next++;
    }

    /**
     * {@code [channels, height, width]} of a frame, as the decoder takes them.
     *
     * @param frame index
     * @param scalingFactor of the model, which latents are divided by
     */
    float[] latents(int frame, float scalingFactor) {
        int cells = shape.height() * shape.width();
        float[] latents = sample.latents();
        float[] scaled = new float[shape.channels() * cells];
        for (int channel = 0; channel < shape.channels(); channel++) {
            int from = (channel * shape.frames() + frame) * cells;
            for (int i = 0; i < cells; i++) {
                scaled[channel * cells + i] = latents[from + i] / scalingFactor;
            }
        }
        return scaled;
    }
}
