package dev.genfleet.engine.schedule;

/** Noise levels {@code s = √((1 − ᾱ)/ᾱ)} of all training steps, and levels between them. */
final class SigmaTable {

    private static final double RHO = 7; // Karras et al. 2022, table 1

    private final float[] sigmas;
    private final float[] logarithms;

    /** The levels of ᾱ, which is positive and falls. */
    SigmaTable(float[] alphasCumprod) {
        sigmas = new float[alphasCumprod.length];
        logarithms = new float[alphasCumprod.length];
        for (int t = 0; t < sigmas.length; t++) {
            sigmas[t] = (float) Math.sqrt((1f - alphasCumprod[t]) / alphasCumprod[t]);
            logarithms[t] = (float) StrictMath.log(sigmas[t]);
        }
    }

    float least() {
        return sigmas[0];
    }

    float greatest() {
        return sigmas[sigmas.length - 1];
    }

    /** The levels at training steps, linear between whole ones. */
    double[] at(double[] timesteps) {
        double[] levels = new double[timesteps.length];
        for (int i = 0; i < levels.length; i++) {
            int below = (int) Math.clamp(Math.floor(timesteps[i]), 0, sigmas.length - 1);
            double fraction = timesteps[i] - below;
            levels[i] = fraction == 0
                    ? sigmas[below]
                    : sigmas[below] + fraction * ((double) sigmas[below + 1] - sigmas[below]);
        }
        return levels;
    }

    /** The training steps at levels, linear in the logarithm. */
    double[] timesteps(double[] levels) {
        double[] timesteps = new double[levels.length];
        for (int i = 0; i < levels.length; i++) {
            double log = StrictMath.log(Math.max(levels[i], 1e-10));
            int below = 0;
            while (below < logarithms.length - 2 && logarithms[below + 1] <= log) {
                below++;
            }
            double low = logarithms[below];
            double weight = Math.clamp((low - log) / (low - logarithms[below + 1]), 0, 1);
            timesteps[i] = (1 - weight) * below + weight * (below + 1);
        }
        return timesteps;
    }

    /** Karras et al. 2022, equation 5: from the greatest to the least, even in the seventh root. */
    static double[] karras(double greatest, double least, int steps) {
        double from = Math.pow(greatest, 1 / RHO);
        double to = Math.pow(least, 1 / RHO);
        double[] levels = new double[steps];
        for (int i = 0; i < steps; i++) {
            double share = i == 0 ? 0 : i / (double) (steps - 1);
            levels[i] = Math.pow(from + share * (to - from), RHO);
        }
        return levels;
    }
}
