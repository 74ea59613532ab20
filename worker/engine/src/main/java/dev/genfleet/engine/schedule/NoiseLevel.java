package dev.genfleet.engine.schedule;

/**
 * A noise level: latents are {@code α·x₀ + σ·ε}.
 *
 * @param alpha α
 * @param sigma σ
 * @param lambda half the logarithm of the signal-to-noise ratio, ln(α/σ); infinite without noise
 */
record NoiseLevel(double alpha, double sigma, double lambda) {

    private static final double LEAST_DISTANCE = 1e-6;

    /** Of a process that keeps the variance, by s = σ/α. */
    static NoiseLevel ofRatio(double s) {
        double alpha = 1 / Math.sqrt(1 + s * s);
        return new NoiseLevel(alpha, s * alpha, -StrictMath.log(s));
    }

    /** Of a flow, where α = 1 − σ. */
    static NoiseLevel ofFlow(double sigma) {
        return new NoiseLevel(1 - sigma, sigma, StrictMath.log((1 - sigma) / sigma));
    }

    /**
     * Whether a step from here to {@code next} can be of an order above 1: not without noise there, where λ is infinite, nor between
     * levels that are the same but for rounding.
     */
    boolean bearsHighOrder(NoiseLevel next) {
        return next.sigma > 0 && next.since(this) > LEAST_DISTANCE;
    }

    /** Distance in λ from {@code earlier} to this. */
    double since(NoiseLevel earlier) {
        return lambda - earlier.lambda;
    }
}
