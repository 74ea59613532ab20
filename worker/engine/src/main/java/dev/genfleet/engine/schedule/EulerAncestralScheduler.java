package dev.genfleet.engine.schedule;

import dev.genfleet.model.PredictionType;

/**
 * Euler's method to below the next noise level, and fresh noise up to it (Crowson's k-diffusion, "ancestral sampling"):
 * {@code σ↑² = σ'²(σ² − σ'²)/σ²} and {@code σ↓² = σ'² − σ↑²}.
 */
final class EulerAncestralScheduler implements NoiseScheduler {

    private final EulerSigmas sigmas;
    private final Reading[] pictures;
    private final float[] changes;
    private final float[] deviations;

    EulerAncestralScheduler(EulerSigmas sigmas, PredictionType prediction) {
        this.sigmas = sigmas;
        int n = sigmas.steps();
        pictures = new Reading[n];
        changes = new float[n];
        deviations = new float[n];
        for (int step = 0; step < n; step++) {
            double here = sigmas.sigma(step);
            double next = sigmas.sigma(step + 1);
            double up = Math.sqrt(next * next * Math.max(0, here * here - next * next) / (here * here));
            double down = Math.sqrt(Math.max(0, next * next - up * up));
            pictures[step] = Reading.ofPictureUnscaled(prediction, here);
            changes[step] = (float) (down - here);
            deviations[step] = (float) up;
        }
    }

    @Override
    public int steps() {
        return sigmas.steps();
    }

    @Override
    public float timestep(int step) {
        return sigmas.timestep(step);
    }

    @Override
    public float initialDeviation() {
        return sigmas.initialDeviation();
    }

    @Override
    public float inputScale(int step) {
        return sigmas.inputScale(step);
    }

    @Override
    public boolean needsNoise(int step) {
        return deviations[step] > 0;
    }

    @Override
    public void denoised(int step, float[] latents, float[] prediction, float[] out) {
        pictures[step].all(latents, prediction, out);
    }

    @Override
    public void step(int step, float[] latents, float[] prediction, float[] noise, float[][] history) {
        float sigma = sigmas.sigma(step);
        boolean noisy = needsNoise(step);
        for (int i = 0; i < latents.length; i++) {
            float x = latents[i];
            float mean = x + (x - pictures[step].of(x, prediction[i])) / sigma * changes[step];
            latents[i] = noisy ? mean + deviations[step] * noise[i] : mean;
        }
    }
}
