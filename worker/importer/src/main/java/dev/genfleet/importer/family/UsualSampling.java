package dev.genfleet.importer.family;

import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.SamplerSpec;
import java.util.Objects;

/**
 * How a model is sampled where neither a file beside its checkpoint nor a job says otherwise.
 *
 * @param sampler noise scheduler, steps, eta
 * @param guidance kind and scale
 */
public record UsualSampling(SamplerSpec sampler, GuidanceSpec guidance) {

    public UsualSampling {
        Objects.requireNonNull(sampler, "sampler");
        Objects.requireNonNull(guidance, "guidance");
    }

    /** As the official DiT samples: 250 steps of DDPM, guidance 4 on three channels. */
    public static UsualSampling ofClasses() {
        return new UsualSampling(
                new SamplerSpec(SamplerSpec.Scheduler.DDPM, 250, 0),
                new GuidanceSpec(GuidanceSpec.Kind.CFG_THREE_CHANNEL, 4));
    }

    /** Without a null class there is nothing to guide away from. */
    public static UsualSampling unguided() {
        return new UsualSampling(
                new SamplerSpec(SamplerSpec.Scheduler.DDPM, 250, 0), new GuidanceSpec(GuidanceSpec.Kind.NONE, 1));
    }

    /** 50 steps of DDIM with guidance by text and motion (Chen et al. 2024, "GenTron": 7.5, and 1.0 to 1.3 for motion). */
    public static UsualSampling ofMotion() {
        return new UsualSampling(new SamplerSpec(SamplerSpec.Scheduler.DDIM, 50, 0), GuidanceSpec.motionFree(7.5, 1.2));
    }

    /** 50 steps of DDIM with classifier-free guidance. */
    public static UsualSampling ofCaptions(double guidanceScale) {
        return new UsualSampling(
                new SamplerSpec(SamplerSpec.Scheduler.DDIM, 50, 0),
                new GuidanceSpec(GuidanceSpec.Kind.CFG, guidanceScale));
    }
}
