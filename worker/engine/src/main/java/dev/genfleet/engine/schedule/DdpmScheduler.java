package dev.genfleet.engine.schedule;

import dev.genfleet.model.PredictionType;
import dev.genfleet.sampling.VarianceType;

/**
 * Ancestral sampling (Ho et al. 2020, algorithm 2) over respaced tables, with the variance fixed or learned as an interpolation in the logarithm
 * (Nichol and Dhariwal 2021, equation 15). Coefficients are computed in float64 and cast to float32 before use, as the official
 * implementation does.
 */
final class DdpmScheduler implements NoiseScheduler {

    private final DiffusionTables tables;
    private final VarianceType variance;
    private final Clipping clipping;
    private final Reading[] pictures;
    private final float[] coefficient1;
    private final float[] coefficient2;
    private final float[] lowLogVariance;
    private final float[] highLogVariance;

    DdpmScheduler(DiffusionTables tables, PredictionType prediction, VarianceType variance, Clipping clipping) {
        this.tables = tables;
        this.variance = variance;
        this.clipping = clipping;
        int n = tables.steps();
        pictures = tables.pictures(prediction);
        coefficient1 = new float[n];
        coefficient2 = new float[n];
        lowLogVariance = new float[n];
        highLogVariance = new float[n];
        for (int k = 0; k < n; k++) {
            coefficient1[k] = (float) tables.posteriorMeanCoefficient1(k);
            coefficient2[k] = (float) tables.posteriorMeanCoefficient2(k);
            lowLogVariance[k] = (float) tables.posteriorLogVarianceClipped(k);
            highLogVariance[k] = (float) upperLogVariance(k);
        }
    }

    private double upperLogVariance(int k) {
        return switch (variance) {
            case LEARNED_RANGE -> StrictMath.log(tables.beta(k));
            case FIXED_LARGE ->
                k == 0 && tables.steps() > 1
                        ? StrictMath.log(tables.posteriorVariance(1))
                        : StrictMath.log(tables.beta(k));
            case FIXED_SMALL -> tables.posteriorLogVarianceClipped(k);
        };
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
        return step < steps() - 1;
    }

    @Override
    public void step(int step, float[] latents, float[] prediction, float[] noise, float[][] history) {
        int k = steps() - 1 - step;
        float fixedDeviation = (float) StrictMath.exp(0.5f * highLogVariance[k]);
        for (int i = 0; i < latents.length; i++) {
            float x = latents[i];
            float x0 = clipping.apply(pictures[k].of(x, prediction[i]));
            float mean = coefficient1[k] * x0 + coefficient2[k] * x;
            if (k == 0) {
                latents[i] = mean;
            } else {
                float deviation = variance == VarianceType.LEARNED_RANGE
                        ? learnedDeviation(k, prediction[latents.length + i])
                        : fixedDeviation;
                latents[i] = mean + deviation * noise[i];
            }
        }
    }

    @Override
    public void denoised(int step, float[] latents, float[] prediction, float[] out) {
        clipping.pictures(pictures[steps() - 1 - step], latents, prediction, out);
    }

    private float learnedDeviation(int k, float interpolation) {
        float fraction = (interpolation + 1f) / 2f;
        float logVariance = fraction * highLogVariance[k] + (1f - fraction) * lowLogVariance[k];
        return (float) StrictMath.exp(0.5f * logVariance);
    }
}
