package dev.genfleet.engine.schedule;

/**
 * DPM-Solver++ of first order (Lu et al. 2022, "DPM-Solver++", equation 9 with k = 1; the same as DDIM):
 * {@code x' = (σ'/σ)·x − α'(e⁻ʰ − 1)·x₀}.
 */
final class DpmFirstOrder {

    private DpmFirstOrder() {}

    static MultistepWeights weights(NoiseLevel here, NoiseLevel next) {
        double decay = StrictMath.expm1(-next.since(here));
        return MultistepWeights.of(next.sigma() / here.sigma(), -next.alpha() * decay, 0, 0, 0);
    }
}
