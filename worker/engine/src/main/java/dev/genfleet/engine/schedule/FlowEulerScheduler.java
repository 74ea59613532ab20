package dev.genfleet.engine.schedule;

/** Euler's method along a predicted flow (Lipman et al. 2023, "Flow Matching for Generative Modeling"; Esser et al. 2024): dx/dσ = v. */
final class FlowEulerScheduler implements NoiseScheduler {

    private final SigmaSchedule sigmas;

    FlowEulerScheduler(SigmaSchedule sigmas) {
        this.sigmas = sigmas;
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
    public boolean needsNoise(int step) {
        return false;
    }

    @Override
    public void denoised(int step, float[] latents, float[] prediction, float[] out) {
        float sigma = sigmas.sigma(step);
        for (int i = 0; i < latents.length; i++) {
            out[i] = latents[i] - sigma * prediction[i];
        }
    }

    @Override
    public void step(int step, float[] latents, float[] prediction, float[] noise, float[][] history) {
        float change = sigmas.sigma(step + 1) - sigmas.sigma(step);
        for (int i = 0; i < latents.length; i++) {
            latents[i] += change * prediction[i];
        }
    }
}
