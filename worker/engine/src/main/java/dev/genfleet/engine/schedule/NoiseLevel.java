package dev.genfleet.engine.schedule;

/**
 * A noise level: latents are {@code α·x₀ + σ·ε}.
 *
 * @param alpha α
 * @param sigma σ
 * @param lambda half the logarithm of the signal-to-noise ratio, ln(α/σ); infinite without noise
 */
record NoiseLevel(double alpha, double sigma, double lambda) {

    /** Of a process that keeps the variance, by s = σ/α. */
    static NoiseLevel ofRatio(double s) {
        double alpha = 1 / Math.sqrt(1 + s * s);
        return new NoiseLevel(alpha, s * alpha, -StrictMath.log(s));
    }

    /** Of a flow, where α = 1 − σ. */
    static NoiseLevel ofFlow(double sigma) {
        return new NoiseLevel(1 - sigma, sigma, StrictMath.log((1 - sigma) / sigma));
    }

    /** Distance in λ from {@code earlier} to this. */
    double since(NoiseLevel earlier) {
        return lambda - earlier.lambda;
    }
}
