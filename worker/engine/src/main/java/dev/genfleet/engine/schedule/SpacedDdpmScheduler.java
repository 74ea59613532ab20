package dev.genfleet.engine.schedule;

import dev.genfleet.model.NoiseSchedule;
import dev.genfleet.sampling.VarianceType;

/**
 * Ancestral sampling (Ho et al. 2020, equation 7 and algorithm 2) over training steps spaced as diffusers does: β of a step is
 * {@code 1 − ᾱ(t)/ᾱ(t')} with t' the next step visited. Noise is added wherever the timestep is not 0, so with some spacings at the
 * last step, too.
 */
final class SpacedDdpmScheduler implements NoiseScheduler {

    private static final float LEAST_VARIANCE = 1e-20f;

    private final float[] timesteps;
    private final Reading[] pictures;
    private final float[] ofPicture;
    private final float[] ofLatents;
    private final float[] logSmall;
    private final float[] logLarge;
    private final VarianceType variance;
    private final Clipping clipping;

    /**
     * Tables for every step.
     *
     * @param visited training steps in sampling order, whole
     */
    SpacedDdpmScheduler(NoiseSchedule process, double[] visited, VarianceType variance, Clipping clipping) {
        this.variance = variance;
        this.clipping = clipping;
        int n = visited.length;
        timesteps = new float[n];
        pictures = new Reading[n];
        ofPicture = new float[n];
        ofLatents = new float[n];
        logSmall = new float[n];
        logLarge = new float[n];
        float[] table = SingleTables.alphasCumprod(process);
        for (int step = 0; step < n; step++) {
            timesteps[step] = (float) visited[step];
            float here = table[(int) visited[step]];
            float next = step == n - 1 ? 1 : table[(int) visited[step + 1]];
            float alpha = here / next;
            float beta = 1f - alpha;
            pictures[step] = Reading.ofPicture(process.predictionType(), Math.sqrt(here), Math.sqrt(1f - here));
            ofPicture[step] = (float) (Math.sqrt(next) * beta / (1f - here));
            ofLatents[step] = (float) (Math.sqrt(alpha) * (1f - next) / (1f - here));
            logSmall[step] = (float) StrictMath.log(Math.max((1f - next) / (1f - here) * beta, LEAST_VARIANCE));
            logLarge[step] = (float) StrictMath.log(beta);
        }
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
        return timesteps[step] > 0;
    }

    @Override
    public void denoised(int step, float[] latents, float[] prediction, float[] out) {
        clipping.pictures(pictures[step], latents, prediction, out);
    }

    @Override
    public void step(int step, float[] latents, float[] prediction, float[] noise, float[][] history) {
        boolean noisy = needsNoise(step);
        boolean learned = variance == VarianceType.LEARNED_RANGE;
        float fixed = deviation(variance == VarianceType.FIXED_LARGE ? logLarge[step] : logSmall[step]);
        for (int i = 0; i < latents.length; i++) {
            float x = latents[i];
            float mean = ofPicture[step] * clipping.apply(pictures[step].of(x, prediction[i])) + ofLatents[step] * x;
            latents[i] =
                    noisy ? mean + (learned ? learned(step, prediction[latents.length + i]) : fixed) * noise[i] : mean;
        }
    }

    /** Nichol and Dhariwal 2021, equation 15. */
    private float learned(int step, float interpolation) {
        float fraction = (interpolation + 1f) / 2f;
        return deviation(fraction * logLarge[step] + (1f - fraction) * logSmall[step]);
    }

    private static float deviation(float logVariance) {
        return (float) StrictMath.exp(0.5f * logVariance);
    }
}
