package dev.genfleet.engine.schedule;

/** The noise levels σ that a sampler visits, and the training timesteps that the denoiser is told there. In float32, as diffusers has them. */
final class SigmaSchedule {

    private final float[] sigmas;
    private final float[] timesteps;

    /**
     * Rounds to float32.
     *
     * @param visited the level before each step
     * @param last the level after the last step
     * @param timesteps as many as {@code visited}
     */
    SigmaSchedule(double[] visited, double last, double[] timesteps) {
        this.sigmas = new float[visited.length + 1];
        this.timesteps = new float[visited.length];
        for (int i = 0; i < visited.length; i++) {
            this.sigmas[i] = (float) visited[i];
            this.timesteps[i] = (float) timesteps[i];
        }
        this.sigmas[visited.length] = (float) last;
    }

    int steps() {
        return timesteps.length;
    }

    /** The level before {@code step}, or after the last one. */
    float sigma(int step) {
        return sigmas[step];
    }

    float timestep(int step) {
        return timesteps[step];
    }
}
