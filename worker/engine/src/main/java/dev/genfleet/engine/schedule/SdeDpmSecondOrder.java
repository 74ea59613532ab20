package dev.genfleet.engine.schedule;

import dev.genfleet.sampling.Multistep;

/**
 * SDE-DPM-Solver++ of second order over two steps (Lu et al. 2022, "DPM-Solver++", section 5): its first order, and the slope
 * {@code D = (x₀ − x₀')·h/h'} weighed by {@code α'(1 − e⁻²ʰ)/2} (midpoint) or by {@code α'(1 − (1 − e⁻²ʰ)/2h)} (Heun).
 */
final class SdeDpmSecondOrder {

    private SdeDpmSecondOrder() {}

    static MultistepWeights weights(Multistep.Solver solver, NoiseLevel before, NoiseLevel here, NoiseLevel next) {
        double h = next.since(here);
        double share = -StrictMath.expm1(-2 * h);
        double ofSlope = next.alpha()
                * switch (solver) {
                    case MIDPOINT -> 0.5 * share;
                    case HEUN -> 1 - share / (2 * h);
                };
        double slope = h / here.since(before) * ofSlope;
        return MultistepWeights.of(
                next.sigma() / here.sigma() * StrictMath.exp(-h),
                next.alpha() * share + slope,
                -slope,
                0,
                next.sigma() * Math.sqrt(share));
    }
}
