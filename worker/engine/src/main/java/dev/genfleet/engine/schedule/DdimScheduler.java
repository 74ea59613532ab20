package dev.genfleet.engine.schedule;

import dev.genfleet.model.PredictionType;

/**
 * DDIM (Song et al. 2021, "Denoising Diffusion Implicit Models", equations 12 and 16) over respaced tables. The noise is derived
 * again from x₀, which differs from the prediction only where x₀ is clipped; a learned variance is ignored. Coefficients are
 * cast to float32 before use, as the official implementation does.
 */
final class DdimScheduler implements NoiseScheduler {

    private final DiffusionTables tables;
    private final float eta;
    private final Clipping clipping;
    private final Reading[] pictures;

    DdimScheduler(DiffusionTables tables, PredictionType prediction, double eta, Clipping clipping) {
        this.tables = tables;
        this.eta = (float) eta;
        this.clipping = clipping;
        this.pictures = tables.pictures(prediction);
    }

    @Override
    public int steps() {
        return tables.steps();
    }

    @Override
    public float timestep(int step) {
        return tables.timestep(steps() - 1 - step);
    }

    @Override
    public boolean needsNoise(int step) {
        return eta > 0 && step < steps() - 1;
    }

    @Override
    public void step(int step, float[] latents, float[] prediction, float[] noise, float[][] history) {
        int k = steps() - 1 - step;
        float sqrtRecip = (float) Math.sqrt(1 / tables.alphaCumprod(k));
        float sqrtRecipMinusOne = (float) Math.sqrt(1 / tables.alphaCumprod(k) - 1);
        float alphaCumprod = (float) tables.alphaCumprod(k);
        float previous = (float) tables.alphaCumprodPrevious(k);
        float sigma = eta * sqrt((1f - previous) / (1f - alphaCumprod)) * sqrt(1f - alphaCumprod / previous);
        float pictureWeight = sqrt(previous);
        float noiseWeight = sqrt(1f - previous - sigma * sigma);
        boolean noisy = needsNoise(step);
        for (int i = 0; i < latents.length; i++) {
            float x = latents[i];
            float x0 = clipping.apply(pictures[k].of(x, prediction[i]));
            float epsilon = (sqrtRecip * x - x0) / sqrtRecipMinusOne;
            float mean = x0 * pictureWeight + noiseWeight * epsilon;
            latents[i] = noisy ? mean + sigma * noise[i] : mean;
        }
    }

    @Override
    public void denoised(int step, float[] latents, float[] prediction, float[] out) {
        clipping.pictures(pictures[steps() - 1 - step], latents, prediction, out);
    }

    private static float sqrt(float value) {
        return (float) Math.sqrt(value);
    }
}
