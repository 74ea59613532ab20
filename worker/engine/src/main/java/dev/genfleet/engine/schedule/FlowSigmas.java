package dev.genfleet.engine.schedule;

/**
 * Noise levels of flow matching, shifted towards noise (Esser et al. 2024, "Scaling Rectified Flow Transformers", equation 23). Each
 * kind of solver begins and ends elsewhere, as its class in diffusers does.
 *
 * @param trainSteps training steps, which timesteps are counted in
 * @param steps of sampling
 */
record FlowSigmas(int trainSteps, int steps) {

    /** Just below 1, where ln α still is a number. */
    private static final double BELOW_ONE = 1e-6;

    /**
     * Of the flow-matching Euler method, evenly between its ends and then shifted. A fixed shift has already been applied to the
     * ends once by then.
     */
    SigmaSchedule euler(double shift, Ends ends) {
        double least = 1.0 / trainSteps;
        double last = ends == Ends.SHIFTED ? (float) shifted(shift, (float) least) : least;
        double[] sigmas = new double[steps];
        for (int i = 0; i < steps; i++) {
            sigmas[i] = shifted(shift, steps == 1 ? 1 : 1 + i * ((last - 1) / (steps - 1)));
        }
        double[] timesteps = new double[steps];
        for (int i = 0; i < steps; i++) {
            timesteps[i] = (float) sigmas[i] * trainSteps; // a product of floats, and told unrounded
        }
        return new SigmaSchedule(sigmas, 0, timesteps);
    }

    /** Of DPM-Solver++: one level more than steps from the least up to 1 − 1/N, without the least. */
    SigmaSchedule dpmSolver(double shift) {
        double[] sigmas = new double[steps];
        for (int i = 0; i < steps; i++) {
            sigmas[i] = shifted(shift, (steps - i) * ((1 - 1.0 / trainSteps) / steps));
        }
        return new SigmaSchedule(sigmas, 0, wholeTimesteps(sigmas));
    }

    /** Of UniPC: one level more than steps from 1 down to 1/N, without the least. */
    SigmaSchedule uniPc(double shift) {
        double[] sigmas = new double[steps];
        for (int i = 0; i < steps; i++) {
            sigmas[i] = shifted(shift, 1 - i * ((1 - 1.0 / trainSteps) / steps));
        }
        if (Math.abs(sigmas[0] - 1) < BELOW_ONE) {
            sigmas[0] -= BELOW_ONE;
        }
        return new SigmaSchedule(sigmas, 0, wholeTimesteps(sigmas));
    }

    /** Where the flow-matching Euler method begins and ends. */
    enum Ends {
        /** At shifted levels. */
        SHIFTED,
        /** At 1 and 1/N: for shifts that depend on the picture. */
        PLAIN
    }

    private static double shifted(double shift, double sigma) {
        return shift * sigma / (1 + (shift - 1) * sigma);
    }

    private double[] wholeTimesteps(double[] sigmas) {
        double[] timesteps = new double[sigmas.length];
        for (int i = 0; i < sigmas.length; i++) {
            timesteps[i] = Math.floor(sigmas[i] * trainSteps);
        }
        return timesteps;
    }
}
