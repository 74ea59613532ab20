package dev.genfleet.engine.schedule;

import dev.genfleet.model.NoiseSchedule;

/**
 * DDIM (Song et al. 2021, equations 12 and 16) over training steps spaced as diffusers does. A step goes from training step t to
 * {@code t − N/n}, rounded down, which is the next one visited only with leading spacing. The noise is the predicted one, also where
 * x₀ is clipped.
 */
final class SpacedDdimScheduler implements NoiseScheduler {

    private final float[] timesteps;
    private final Reading[] pictures;
    private final Reading[] noises;
    private final float[] ofPicture;
    private final float[] ofNoise;
    private final float[] deviations;
    private final Clipping clipping;

    /**
     * Tables for every step.
     *
     * @param visited training steps in sampling order, whole
     * @param end where the last step goes
     */
    SpacedDdimScheduler(NoiseSchedule process, double[] visited, double eta, End end, Clipping clipping) {
        this.clipping = clipping;
        int n = visited.length;
        timesteps = new float[n];
        pictures = new Reading[n];
        noises = new Reading[n];
        ofPicture = new float[n];
        ofNoise = new float[n];
        deviations = new float[n];
        float[] table = SingleTables.alphasCumprod(process);
        for (int step = 0; step < n; step++) {
            int here = (int) visited[step];
            int next = here - process.trainSteps() / n;
            timesteps[step] = here;
            double signal = table[here];
            double left = next >= 0 ? table[next] : end == End.WITHOUT_NOISE ? 1 : table[0];
            pictures[step] = Reading.ofPicture(process.predictionType(), Math.sqrt(signal), Math.sqrt(1 - signal));
            noises[step] = Reading.ofNoise(process.predictionType(), Math.sqrt(signal), Math.sqrt(1 - signal));
            double variance = eta * eta * Math.max(0, (1 - left) / (1 - signal) * (1 - signal / left));
            ofPicture[step] = (float) Math.sqrt(left);
            ofNoise[step] = (float) Math.sqrt(Math.max(0, 1 - left - variance));
            deviations[step] = (float) Math.sqrt(variance);
        }
    }

    /** Where the last step goes. */
    enum End {
        /** To a picture. */
        WITHOUT_NOISE,
        /** To training step 0, whose little noise stays. */
        FIRST_TRAINING_STEP
    }

    @Override
    public int steps() {
        return timesteps.length;
    }

    @Override
    public float timestep(int step) {
        return timesteps[step];
    }

    @Override
    public boolean needsNoise(int step) {
        return deviations[step] > 0;
    }

    @Override
    public void denoised(int step, float[] latents, float[] prediction, float[] out) {
        clipping.pictures(pictures[step], latents, prediction, out);
    }

    @Override
    public void step(int step, float[] latents, float[] prediction, float[] noise, float[][] history) {
        boolean noisy = needsNoise(step);
        for (int i = 0; i < latents.length; i++) {
            float x = latents[i];
            float mean = ofPicture[step] * clipping.apply(pictures[step].of(x, prediction[i]))
                    + ofNoise[step] * noises[step].of(x, prediction[i]);
            latents[i] = noisy ? mean + deviations[step] * noise[i] : mean;
        }
    }
}
