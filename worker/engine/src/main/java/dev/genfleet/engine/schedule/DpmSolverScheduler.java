package dev.genfleet.engine.schedule;

import dev.genfleet.model.PredictionType;
import dev.genfleet.sampling.Multistep;

/**
 * DPM-Solver++ (Lu et al. 2022, "DPM-Solver++: Fast Solver for Guided Sampling of Diffusion Probabilistic Models"), multistep, of
 * order 1 to 3, or as SDE of order 2. History holds the predicted pictures of the steps before: that of step k in array
 * {@code k mod (order − 1)}.
 */
final class DpmSolverScheduler implements NoiseScheduler {

    private final SigmaSchedule sigmas;
    private final int order;
    private final Reading[] pictures;
    private final MultistepWeights[] weights;

    private DpmSolverScheduler(SigmaSchedule sigmas, int order, Reading[] pictures, MultistepWeights[] weights) {
        this.sigmas = sigmas;
        this.order = order;
        this.pictures = pictures;
        this.weights = weights;
    }

    /** The solver of ordinary differential equations of {@code order}. */
    static DpmSolverScheduler ode(SigmaSchedule sigmas, PredictionType prediction, int order, Multistep multistep) {
        NoiseLevel[] levels = NoiseLevels.of(sigmas, prediction);
        DpmOrders orders = new DpmOrders(order, sigmas.steps(), multistep);
        Multistep.Solver solver = multistep.solverType().orElse(Multistep.Solver.MIDPOINT);
        MultistepWeights[] weights = new MultistepWeights[sigmas.steps()];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = switch (orders.of(k, levels[k], levels[k + 1])) {
                case 1 -> DpmFirstOrder.weights(levels[k], levels[k + 1]);
                case 2 -> DpmSecondOrder.weights(solver, levels[k - 1], levels[k], levels[k + 1]);
                default -> DpmThirdOrder.weights(levels[k - 2], levels[k - 1], levels[k], levels[k + 1]);
            };
        }
        return new DpmSolverScheduler(sigmas, order, NoiseLevels.pictures(levels, prediction), weights);
    }

    /** The solver of stochastic differential equations of order 2. */
    static DpmSolverScheduler sde(SigmaSchedule sigmas, PredictionType prediction, Multistep multistep) {
        NoiseLevel[] levels = NoiseLevels.of(sigmas, prediction);
        DpmOrders orders = new DpmOrders(2, sigmas.steps(), multistep);
        Multistep.Solver solver = multistep.solverType().orElse(Multistep.Solver.MIDPOINT);
        MultistepWeights[] weights = new MultistepWeights[sigmas.steps()];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = orders.of(k, levels[k], levels[k + 1]) == 1
                    ? SdeDpmFirstOrder.weights(levels[k], levels[k + 1])
                    : SdeDpmSecondOrder.weights(solver, levels[k - 1], levels[k], levels[k + 1]);
        }
        return new DpmSolverScheduler(sigmas, 2, NoiseLevels.pictures(levels, prediction), weights);
    }

    @Override
    public int steps() {
        return sigmas.steps();
    }

    @Override
    public float timestep(int step) {
        return sigmas.timestep(step);
    }

    @Override
    public int historyLength() {
        return order - 1;
    }

    @Override
    public boolean needsNoise(int step) {
        return weights[step].noise() > 0;
    }

    @Override
    public void denoised(int step, float[] latents, float[] prediction, float[] out) {
        pictures[step].all(latents, prediction, out);
    }

    @Override
    public void step(int step, float[] latents, float[] prediction, float[] noise, float[][] history) {
        Reading picture = pictures[step];
        MultistepWeights weight = weights[step];
        boolean noisy = needsNoise(step);
        float[] previous = order > 1 ? history[Math.floorMod(step - 1, order - 1)] : latents;
        float[] beforePrevious = order > 2 ? history[Math.floorMod(step - 2, order - 1)] : latents;
        float[] kept = order > 1 ? history[step % (order - 1)] : latents;
        for (int i = 0; i < latents.length; i++) {
            float x0 = picture.of(latents[i], prediction[i]);
            float next = weight.latents() * latents[i] + weight.current() * x0;
            if (order > 1) {
                next += weight.previous() * previous[i];
            }
            if (order > 2) {
                next += weight.beforePrevious() * beforePrevious[i];
            }
            if (noisy) {
                next += weight.noise() * noise[i];
            }
            kept[i] = x0; // what lay there is of no use any more, and has been read
            latents[i] = next;
        }
    }
}
