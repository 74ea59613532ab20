package dev.genfleet.engine.schedule;

import dev.genfleet.job.TimestepSpacing;

/**
 * Training steps in sampling order, spaced as diffusers does (Lin et al. 2024, table 2). Rounding follows numpy, on which the
 * choice between two steps can depend.
 *
 * @param trainSteps training steps
 * @param steps of sampling
 * @param offset added with leading spacing
 */
record Spacing(int trainSteps, int steps, int offset) {

    /** Of DDPM, DDIM and Euler; with linspace between whole steps, which DDPM and DDIM round half to even. */
    double[] single(TimestepSpacing.Kind kind) {
        double[] visited = new double[steps];
        for (int i = 0; i < steps; i++) {
            int left = steps - 1 - i;
            visited[i] = switch (kind) {
                case LEADING -> left * Math.floorDiv(trainSteps, steps) + offset;
                case LINSPACE ->
                    left == steps - 1 && steps > 1
                            ? trainSteps - 1
                            : left * ((trainSteps - 1) / (double) Math.max(1, steps - 1));
                case TRAILING -> trailing(i);
                case OFFICIAL, DDIM, SECTIONS -> throw respacing(kind);
            };
        }
        return visited;
    }

    /** Of DPM-Solver++ and UniPC, which space one step more and leave out the last. */
    double[] multistep(TimestepSpacing.Kind kind) {
        double[] visited = new double[steps];
        for (int i = 0; i < steps; i++) {
            int left = steps - i;
            visited[i] = switch (kind) {
                case LEADING -> left * Math.floorDiv(trainSteps, steps + 1) + offset;
                case LINSPACE -> i == 0 ? trainSteps - 1 : Math.rint(left * ((trainSteps - 1) / (double) steps));
                case TRAILING -> trailing(i);
                case OFFICIAL, DDIM, SECTIONS -> throw respacing(kind);
            };
        }
        return visited;
    }

    /** The stride is rounded at the size of the first step, as numpy's arange does. */
    private double trailing(int i) {
        double first = trainSteps;
        double stride = (first - first / steps) - first;
        return Math.rint(first + i * stride) - 1;
    }

    private static IllegalArgumentException respacing(TimestepSpacing.Kind kind) {
        return new IllegalArgumentException(
                "timestep_spacing is '" + kind + "', but must be leading, linspace or trailing");
    }
}
