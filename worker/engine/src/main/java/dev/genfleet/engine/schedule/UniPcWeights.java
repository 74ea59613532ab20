package dev.genfleet.engine.schedule;

import dev.genfleet.sampling.UniPc;

/**
 * The sums that make up UniPC's predictor and corrector (Zhao et al. 2023, "UniPC: A Unified Predictor-Corrector Framework for Fast
 * Sampling of Diffusion Models", theorem 3.1, in its form for predicted pictures, appendix A.2): from level s to t
 * {@code x' = (σₜ/σₛ)·x − αₜ(e⁻ʰ − 1)·m₀ − αₜB(h)·Σ ρᵢ(mᵢ − m₀)/rᵢ}, where the m are predicted pictures at levels i with
 * {@code rᵢ = (λᵢ − λₛ)/h}, and the ρ solve a Vandermonde system. The corrector takes the picture predicted at t in, with r = 1.
 *
 * @param latents weight of x
 * @param pictures weight of m₀ and the pictures before it, as many as the highest order
 * @param arrival weight of the picture predicted at t
 */
record UniPcWeights(float latents, PictureWeights pictures, float arrival) {

    /** Weights of up to three predicted pictures, the latest first. */
    record PictureWeights(float first, float second, float third) {}

    /**
     * The step of {@code order} that does not know t yet.
     *
     * @param levels before each step, and after the last
     * @param step which leads from {@code levels[step]} to the next
     */
    static UniPcWeights predictor(UniPc.Basis basis, NoiseLevel[] levels, int step, int order) {
        Span span = new Span(basis, levels, step, order);
        double[] rho = new double[order];
        if (order == 2) {
            rho[0] = 0.5; // as the authors do, in place of the system's solution
        } else if (order == 3) {
            double[] solved = LinearSystem.solve(span.powers(2), span.sides(2));
            System.arraycopy(solved, 0, rho, 0, 2);
        }
        return span.weights(rho);
    }

    /** The step again, corrected by the picture that was predicted where it led. */
    static UniPcWeights corrector(UniPc.Basis basis, NoiseLevel[] levels, int step, int order) {
        Span span = new Span(basis, levels, step, order);
        return span.weights(
                order == 1 ? new double[] {0.5} : LinearSystem.solve(span.powers(order), span.sides(order)));
    }

    /** One step's geometry. */
    private static final class Span {
        private final NoiseLevel here;
        private final NoiseLevel next;
        private final double h;
        private final double b;
        private final double[] ratios;

        Span(UniPc.Basis basis, NoiseLevel[] levels, int step, int order) {
            here = levels[step];
            next = levels[step + 1];
            h = next.since(here);
            b = switch (basis) {
                case BH1 -> -h;
                case BH2 -> StrictMath.expm1(-h);
            };
            ratios = new double[order];
            for (int i = 1; i < order; i++) {
                ratios[i - 1] = levels[step - i].since(here) / h;
            }
            ratios[order - 1] = 1;
        }

        /** {@code rᵢᵏ}, k from 0. */
        double[][] powers(int size) {
            double[][] powers = new double[size][size];
            for (int k = 0; k < size; k++) {
                for (int i = 0; i < size; i++) {
                    powers[k][i] = k == 0 ? 1 : powers[k - 1][i] * ratios[i];
                }
            }
            return powers;
        }

        /** {@code k!·φₖ₊₁(−h)·h/B(h)} of the paper, k from 1. */
        double[] sides(int size) {
            double[] sides = new double[size];
            double phi = StrictMath.expm1(-h) / -h - 1;
            double factorial = 1;
            for (int k = 1; k <= size; k++) {
                sides[k - 1] = phi * factorial / b;
                factorial *= k + 1;
                phi = phi / -h - 1 / factorial;
            }
            return sides;
        }

        UniPcWeights weights(double[] rho) {
            int order = ratios.length;
            double[] pictures = new double[3];
            pictures[0] = -next.alpha() * StrictMath.expm1(-h);
            double arrival = rho[order - 1] == 0 ? 0 : -next.alpha() * b * rho[order - 1];
            pictures[0] -= arrival;
            for (int i = 1; i < order; i++) {
                double slope = -next.alpha() * b * rho[i - 1] / ratios[i - 1];
                pictures[i] = slope;
                pictures[0] -= slope;
            }
            return new UniPcWeights(
                    (float) (next.sigma() / here.sigma()),
                    new PictureWeights((float) pictures[0], (float) pictures[1], (float) pictures[2]),
                    (float) arrival);
        }
    }
}
