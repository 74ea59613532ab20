package dev.genfleet.engine.schedule;

import dev.genfleet.model.PredictionType;

/**
 * x₀ or ε, read from the latents {@code x = α·x₀ + σ·ε} and the denoiser's prediction at one step: both are sums of the two for
 * every kind of prediction.
 *
 * @param ofLatents factor of the latents
 * @param ofPrediction factor of the prediction
 */
record Reading(float ofLatents, float ofPrediction) {

    /** x₀ at signal α and noise σ. */
    static Reading ofPicture(PredictionType prediction, double alpha, double sigma) {
        return switch (prediction) {
            case EPSILON -> sum(1 / alpha, -sigma / alpha);
            case SAMPLE -> sum(0, 1);
            case V_PREDICTION -> sum(alpha, -sigma);
            case FLOW_PREDICTION -> sum(1, -sigma);
        };
    }

    /** ε at signal α and noise σ. */
    static Reading ofNoise(PredictionType prediction, double alpha, double sigma) {
        return switch (prediction) {
            case EPSILON -> sum(0, 1);
            case SAMPLE -> sum(1 / sigma, -alpha / sigma);
            case V_PREDICTION -> sum(sigma, alpha);
            case FLOW_PREDICTION -> sum(1, 1 - sigma);
        };
    }

    /** x₀ of latents that are {@code x₀ + s·ε}, the form of Karras et al. 2022; the denoiser saw them divided by √(s² + 1). */
    static Reading ofPictureUnscaled(PredictionType prediction, double s) {
        return switch (prediction) {
            case EPSILON, FLOW_PREDICTION -> sum(1, -s);
            case SAMPLE -> sum(0, 1);
            case V_PREDICTION -> sum(1 / (s * s + 1), -s / Math.sqrt(s * s + 1));
        };
    }

    private static Reading sum(double ofLatents, double ofPrediction) {
        return new Reading((float) ofLatents, (float) ofPrediction);
    }

    float of(float latents, float prediction) {
        return ofLatents * latents + ofPrediction * prediction;
    }

    /** Writes it for all of {@code latents} to {@code out}. */
    void all(float[] latents, float[] prediction, float[] out) {
        for (int i = 0; i < latents.length; i++) {
            out[i] = of(latents[i], prediction[i]);
        }
    }
}
