package dev.genfleet.engine.schedule;

import dev.genfleet.sampling.Multistep;

/**
 * DPM-Solver++ of second order over two steps (Lu et al. 2022, "DPM-Solver++", algorithm 2): first order, and the slope
 * {@code D = (x₀ − x₀')·h/h'} of the predicted pictures, weighed by {@code −α'(e⁻ʰ − 1)/2} (midpoint) or by
 * {@code α'((e⁻ʰ − 1)/h + 1)} (Heun).
 */
final class DpmSecondOrder {

    private DpmSecondOrder() {}

    static MultistepWeights weights(Multistep.Solver solver, NoiseLevel before, NoiseLevel here, NoiseLevel next) {
        double h = next.since(here);
        double decay = StrictMath.expm1(-h);
        double ofSlope = next.alpha()
                * switch (solver) {
                    case MIDPOINT -> -0.5 * decay;
                    case HEUN -> decay / h + 1;
                };
        double slope = h / here.since(before) * ofSlope;
        return MultistepWeights.of(next.sigma() / here.sigma(), -next.alpha() * decay + slope, -slope, 0, 0);
    }
}
