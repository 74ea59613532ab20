package dev.genfleet.engine.schedule;

/**
 * Ancestral sampling (Ho et al. 2020, algorithm 2), with the variance fixed or learned as an interpolation in the logarithm
 * (Nichol and Dhariwal 2021, equation 15). Coefficients are computed in float64 and cast to float32 before use, as the official
 * implementation does.
 */
final class DdpmScheduler implements NoiseScheduler {

    private final DiffusionTables tables;
    private final Variance variance;
    private final Clipping clipping;
    private final float[] sqrtRecip;
    private final float[] sqrtRecipMinusOne;
    private final float[] coefficient1;
    private final float[] coefficient2;
    private final float[] lowLogVariance;
    private final float[] highLogVariance;

    DdpmScheduler(DiffusionTables tables, Variance variance, Clipping clipping) {
        this.tables = tables;
        this.variance = variance;
        this.clipping = clipping;
        int n = tables.steps();
        sqrtRecip = new float[n];
        sqrtRecipMinusOne = new float[n];
        coefficient1 = new float[n];
        coefficient2 = new float[n];
        lowLogVariance = new float[n];
        highLogVariance = new float[n];
        for (int k = 0; k < n; k++) {
            sqrtRecip[k] = (float) Math.sqrt(1 / tables.alphaCumprod(k));
            sqrtRecipMinusOne[k] = (float) Math.sqrt(1 / tables.alphaCumprod(k) - 1);
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
            float x0 = clipping.apply(sqrtRecip[k] * x - sqrtRecipMinusOne[k] * prediction[i]);
            float mean = coefficient1[k] * x0 + coefficient2[k] * x;
            if (k == 0) {
                latents[i] = mean;
            } else {
                float deviation = variance == Variance.LEARNED_RANGE
                        ? learnedDeviation(k, prediction[latents.length + i])
                        : fixedDeviation;
                latents[i] = mean + deviation * noise[i];
            }
        }
    }

    @Override
    public void denoised(int step, float[] latents, float[] prediction, float[] out) {
        int k = steps() - 1 - step;
        for (int i = 0; i < latents.length; i++) {
            out[i] = clipping.apply(sqrtRecip[k] * latents[i] - sqrtRecipMinusOne[k] * prediction[i]);
        }
    }

    private float learnedDeviation(int k, float interpolation) {
        float fraction = (interpolation + 1f) / 2f;
        float logVariance = fraction * highLogVariance[k] + (1f - fraction) * lowLogVariance[k];
        return (float) StrictMath.exp(0.5f * logVariance);
    }
}
