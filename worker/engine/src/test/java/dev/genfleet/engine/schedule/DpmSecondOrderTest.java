package dev.genfleet.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.genfleet.sampling.Multistep;
import org.junit.jupiter.api.Test;

/** Heun's weights are exact where x₀ is linear in λ; the midpoint's differ from them in third order. */
final class DpmSecondOrderTest {

    private static final NoiseLevel BEFORE = NoiseLevel.ofRatio(3);
    private static final NoiseLevel HERE = NoiseLevel.ofRatio(1.7);
    private static final NoiseLevel NEXT = NoiseLevel.ofRatio(1.1);
    private static final double LATENTS = 0.8;

    @Test
    void heunIsExactForPicturesThatChangeEvenly() {
        double next = take(DpmSecondOrder.weights(Multistep.Solver.HEUN, BEFORE, HERE, NEXT));
        assertThat(next).isCloseTo(exact(1), within(1e-6));
    }

    @Test
    void heunOfTheStochasticEquationIsExactInTheMean() {
        MultistepWeights weights = SdeDpmSecondOrder.weights(Multistep.Solver.HEUN, BEFORE, HERE, NEXT);
        assertThat(take(weights)).isCloseTo(exact(2), within(1e-6));
        double h = NEXT.since(HERE);
        assertThat((double) weights.noise()).isCloseTo(NEXT.sigma() * Math.sqrt(1 - Math.exp(-2 * h)), within(1e-6));
    }

    @Test
    void midpointDiffersInThirdOrder() {
        double h = NEXT.since(HERE);
        double next = take(DpmSecondOrder.weights(Multistep.Solver.MIDPOINT, BEFORE, HERE, NEXT));
        assertThat(next).isCloseTo(exact(1), within(h * h * h / 5)).isNotCloseTo(exact(1), within(1e-4));
    }

    private static double picture(NoiseLevel level) {
        return 0.4 - 0.9 * level.lambda();
    }

    private static double take(MultistepWeights weights) {
        return weights.latents() * LATENTS + weights.current() * picture(HERE) + weights.previous() * picture(BEFORE);
    }

    /**
     * Variation of constants, by Simpson's rule: with p = 1 of the ordinary, with p = 2 of the stochastic equation,
     * {@code x' = (σ'/σ)e^{−(p−1)h}·x + α'∫ p·e^{−p(λ'−λ)} x₀(λ) dλ}.
     */
    private static double exact(int p) {
        double h = NEXT.since(HERE);
        int parts = 2000;
        double sum = 0;
        for (int i = 0; i <= parts; i++) {
            double lambda = HERE.lambda() + h * i / parts;
            double weight = i == 0 || i == parts ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * p * Math.exp(-p * (NEXT.lambda() - lambda)) * (0.4 - 0.9 * lambda);
        }
        return NEXT.sigma() / HERE.sigma() * Math.exp(-(p - 1) * h) * LATENTS + NEXT.alpha() * sum * h / parts / 3;
    }
}
