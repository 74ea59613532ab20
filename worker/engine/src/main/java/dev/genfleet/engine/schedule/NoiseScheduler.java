package dev.genfleet.engine.schedule;

import dev.genfleet.job.SamplerSpec;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelManifest;

/**
 * One sampler over one schedule. Steps count from 0 (the noisiest) in sampling order. Stateless: a step depends only on its
 * arguments, so any thread may take any step of any sample, and the same arguments give the same bits.
 */
public sealed interface NoiseScheduler
        permits DdpmScheduler,
                DdimScheduler,
                SpacedDdpmScheduler,
                SpacedDdimScheduler,
                EulerScheduler,
                EulerAncestralScheduler,
                FlowEulerScheduler,
                DpmSolverScheduler,
                UniPcScheduler {

    /** Number of steps. */
    int steps();

    /** The training timestep that the denoiser is told at {@code step}. */
    float timestep(int step);

    /** Standard deviation of the initial latents: what standard normal numbers are multiplied by. */
    default float initialDeviation() {
        return 1;
    }

    /** What latents are multiplied by for the denoiser's input at {@code step}; they themselves stay as they are. */
    default float inputScale(int step) {
        return 1;
    }

    /**
     * Arrays, each as long as the latents, that a sample keeps between steps for {@link #step}; all zeros before the first. With the
     * latents and the number of steps done they are a sample's whole state.
     */
    default int historyLength() {
        return 0;
    }

    /** Whether {@link #step} reads its noise at {@code step}; where not, none needs to be drawn. */
    boolean needsNoise(int step);

    /**
     * The noiseless latents x₀ that a prediction means, for people who watch; {@link #step} does not need it.
     *
     * @param step index from 0
     * @param latents as before the step
     * @param prediction the guided prediction
     * @param out as long as the latents; overwritten
     */
    void denoised(int step, float[] latents, float[] prediction, float[] out);

    /**
     * Moves latents one step towards the picture.
     *
     * @param step index from 0
     * @param latents {@code [channels, height, width]} flat; replaced by the next latents
     * @param prediction the guided prediction, {@code [channels or 2·channels, height, width]} flat: noise, then (with learned
     *     variance) the interpolation between the variance's bounds
     * @param noise standard normal numbers of this step, as many as latents; not read where {@link #needsNoise} says so
     * @param history {@link #historyLength} arrays, read and written; what is where is the scheduler's own affair
     */
    void step(int step, float[] latents, float[] prediction, float[] noise, float[][] history);

    /**
     * The scheduler that a job asks for, over a model's forward process and with its package's settings. DDPM takes the learned
     * variance where the denoiser has one, unless the package says otherwise.
     *
     * @param shape of the latents, whose size a flow's shift can depend on
     * @throws IllegalArgumentException when the model cannot be sampled so, with the reason
     */
    static NoiseScheduler of(ModelManifest manifest, SamplerSpec sampler, LatentShape shape) {
        return SchedulerChoice.of(manifest, sampler, shape);
    }

    /** The scheduler for the model's usual size. */
    static NoiseScheduler of(ModelManifest manifest, SamplerSpec sampler) {
        return of(manifest, sampler, manifest.latentShape(manifest.sizes().getFirst()));
    }
}
