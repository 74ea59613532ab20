package dev.genfleet.engine.schedule;

import dev.genfleet.model.NoiseSchedule;
import dev.genfleet.model.PredictionType;

/**
 * The tables of a respaced diffusion process (Ho et al. 2020, "Denoising Diffusion Probabilistic Models",
 * sections 2 to 4), all float64. Index {@code k} counts the kept training steps upwards, so 0 is the last one that a sampler
 * visits.
 */
final class DiffusionTables {

    private final int[] timesteps;
    private final double[] betas;
    private final double[] alphasCumprod;

    private DiffusionTables(int[] timesteps, double[] betas) {
        this.timesteps = timesteps;
        this.betas = betas;
        this.alphasCumprod = cumulative(betas);
    }

    /**
     * Tables over the kept steps: {@code β'ₖ = 1 − ᾱ(τₖ) / ᾱ(τₖ₋₁)}.
     *
     * @param process forward process of training
     * @param kept training steps that are kept, ascending
     */
    static DiffusionTables of(NoiseSchedule process, int[] kept) {
        double[] full = cumulative(Betas.of(process));
        double[] betas = new double[kept.length];
        double previous = 1;
        for (int k = 0; k < kept.length; k++) {
            betas[k] = 1 - full[kept[k]] / previous;
            previous = full[kept[k]];
        }
        return new DiffusionTables(kept.clone(), betas);
    }

    private static double[] cumulative(double[] betas) {
        double[] products = new double[betas.length];
        double product = 1;
        for (int i = 0; i < betas.length; i++) {
            product *= 1 - betas[i];
            products[i] = product;
        }
        return products;
    }

    int steps() {
        return betas.length;
    }

    /** The training step that the denoiser is told. */
    int timestep(int k) {
        return timesteps[k];
    }

    /**
     * How x₀ is read from a prediction at each {@code k}. Of a predicted noise with {@code √(1/ᾱ − 1)} computed in one go, as the
     * official implementation does.
     */
    Reading[] pictures(PredictionType prediction) {
        Reading[] readings = new Reading[steps()];
        for (int k = 0; k < readings.length; k++) {
            double signal = alphasCumprod[k];
            readings[k] = prediction == PredictionType.EPSILON
                    ? new Reading((float) Math.sqrt(1 / signal), -(float) Math.sqrt(1 / signal - 1))
                    : Reading.ofPicture(prediction, Math.sqrt(signal), Math.sqrt(1 - signal));
        }
        return readings;
    }

    double beta(int k) {
        return betas[k];
    }

    double alphaCumprod(int k) {
        return alphasCumprod[k];
    }

    double alphaCumprodPrevious(int k) {
        return k == 0 ? 1 : alphasCumprod[k - 1];
    }

    /** Variance of q(xₖ₋₁ | xₖ, x₀), equation 7; 0 at k = 0. */
    double posteriorVariance(int k) {
        return betas[k] * (1 - alphaCumprodPrevious(k)) / (1 - alphasCumprod[k]);
    }

    /** Logarithm of the posterior variance, its first entry replaced by the second because it is log 0. */
    double posteriorLogVarianceClipped(int k) {
        return steps() == 1 ? StrictMath.log(betas[0]) : StrictMath.log(posteriorVariance(Math.max(k, 1)));
    }

    /** Weight of x₀ in the posterior mean, equation 7. */
    double posteriorMeanCoefficient1(int k) {
        return betas[k] * Math.sqrt(alphaCumprodPrevious(k)) / (1 - alphasCumprod[k]);
    }

    /** Weight of xₖ in the posterior mean, equation 7. */
    double posteriorMeanCoefficient2(int k) {
        return (1 - alphaCumprodPrevious(k)) * Math.sqrt(1 - betas[k]) / (1 - alphasCumprod[k]);
    }
}
