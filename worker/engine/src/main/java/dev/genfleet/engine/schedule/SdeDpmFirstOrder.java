package dev.genfleet.engine.schedule;

/**
 * SDE-DPM-Solver++ of first order (Lu et al. 2022, "DPM-Solver++", section 5):
 * {@code x' = (σ'/σ)e⁻ʰ·x + α'(1 − e⁻²ʰ)·x₀ + σ'√(1 − e⁻²ʰ)·noise}.
 */
final class SdeDpmFirstOrder {

    private SdeDpmFirstOrder() {}

    static MultistepWeights weights(NoiseLevel here, NoiseLevel next) {
        double h = next.since(here);
        double share = -StrictMath.expm1(-2 * h);
        return MultistepWeights.of(
                next.sigma() / here.sigma() * StrictMath.exp(-h),
                next.alpha() * share,
                0,
                0,
                next.sigma() * Math.sqrt(share));
    }
}
