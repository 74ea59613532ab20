package dev.genfleet.engine.schedule;

import dev.genfleet.model.PredictionType;

/** Euler's method over noise levels (Karras et al. 2022, algorithm 1 without the second evaluation, no churn): dx/dσ = (x − x₀)/σ. */
final class EulerScheduler implements NoiseScheduler {

    private final EulerSigmas sigmas;
    private final Reading[] pictures;

    EulerScheduler(EulerSigmas sigmas, PredictionType prediction) {
        this.sigmas = sigmas;
        this.pictures = new Reading[sigmas.steps()];
        for (int step = 0; step < pictures.length; step++) {
            pictures[step] = Reading.ofPictureUnscaled(prediction, sigmas.sigma(step));
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
        return false;
    }

    @Override
    public void denoised(int step, float[] latents, float[] prediction, float[] out) {
        pictures[step].all(latents, prediction, out);
    }

    @Override
    public void step(int step, float[] latents, float[] prediction, float[] noise, float[][] history) {
        float sigma = sigmas.sigma(step);
        float change = sigmas.sigma(step + 1) - sigma;
        for (int i = 0; i < latents.length; i++) {
            float x = latents[i];
            latents[i] = x + (x - pictures[step].of(x, prediction[i])) / sigma * change;
        }
    }
}
