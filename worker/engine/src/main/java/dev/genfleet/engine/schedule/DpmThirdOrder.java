package dev.genfleet.engine.schedule;

/**
 * DPM-Solver++ of third order over three steps (Lu et al. 2022, "DPM-Solver++", section 4.2, after algorithm 2; weights as in their
 * published code): {@code x' = (σ'/σ)·x − α'(e⁻ʰ − 1)·x₀ + α'((e⁻ʰ − 1)/h + 1)·D₁ − α'((e⁻ʰ − 1 + h)/h² − 1/2)·D₂}, with the first
 * two derivatives of the predicted pictures by divided differences.
 */
final class DpmThirdOrder {

    private DpmThirdOrder() {}

    static MultistepWeights weights(NoiseLevel beforeThat, NoiseLevel before, NoiseLevel here, NoiseLevel next) {
        double h = next.since(here);
        double near = here.since(before) / h;
        double far = before.since(beforeThat) / h;
        double decay = StrictMath.expm1(-h);
        double ofFirst = next.alpha() * (decay / h + 1);
        double ofSecond = -next.alpha() * ((decay + h) / (h * h) - 0.5);
        // D1 = a + near/(near + far)·(a − b) and D2 = (a − b)/(near + far), with a and b the slopes of both spans.
        double ofNearSlope = ofFirst * (1 + near / (near + far)) + ofSecond / (near + far);
        double ofFarSlope = -ofFirst * near / (near + far) - ofSecond / (near + far);
        return MultistepWeights.of(
                next.sigma() / here.sigma(),
                -next.alpha() * decay + ofNearSlope / near,
                -ofNearSlope / near + ofFarSlope / far,
                -ofFarSlope / far,
                0);
    }
}
