package dev.genfleet.engine.schedule;

import dev.genfleet.job.TimestepSpacing;

/** The noise levels of Euler's methods, and how latents relate to them: they are {@code x₀ + σ·ε}, not scaled down. */
final class EulerSigmas {

    private final SigmaSchedule sigmas;
    private final float initialDeviation;

    private EulerSigmas(SigmaSchedule sigmas, float initialDeviation) {
        this.sigmas = sigmas;
        this.initialDeviation = initialDeviation;
    }

    /** Levels at the training steps visited, or as many by Karras between the first and the last of those; then {@code last}. */
    static EulerSigmas of(SigmaTable table, Spacing spacing, TimestepSpacing.Kind kind, Levels levels, double last) {
        double[] timesteps = spacing.single(kind);
        for (int i = 0; i < timesteps.length; i++) {
            timesteps[i] = (float) timesteps[i];
        }
        double[] visited = table.at(timesteps);
        if (levels == Levels.KARRAS) {
            visited = SigmaTable.karras(visited[0], visited[visited.length - 1], visited.length);
            timesteps = table.timesteps(visited);
        }
        SigmaSchedule sigmas = new SigmaSchedule(visited, last, timesteps);
        float greatest = sigmas.sigma(0);
        return new EulerSigmas(
                sigmas,
                kind == TimestepSpacing.Kind.LEADING ? (float) Math.sqrt((double) greatest * greatest + 1) : greatest);
    }

    /** Where levels come from. */
    enum Levels {
        /** The training steps visited. */
        TRAINING_STEPS,
        /** Karras et al. 2022, equation 5. */
        KARRAS
    }

    int steps() {
        return sigmas.steps();
    }

    float timestep(int step) {
        return sigmas.timestep(step);
    }

    float sigma(int step) {
        return sigmas.sigma(step);
    }

    /** Of the initial latents: begun at a step below the last one trained, they have some picture in them, too. */
    float initialDeviation() {
        return initialDeviation;
    }

    /** Brings latents to the variance that the denoiser knows. */
    float inputScale(int step) {
        double sigma = sigmas.sigma(step);
        return (float) (1 / Math.sqrt(sigma * sigma + 1));
    }
}
