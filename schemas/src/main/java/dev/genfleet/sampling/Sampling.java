package dev.genfleet.sampling;

import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.TimestepSpacing;
import java.util.Optional;

/**
 * Sampler settings of a model package, named as in diffusers' {@code scheduler_config.json}. What is left out is as the diffusers
 * class of the scheduler in use has it, but for clipping, which is off. A package without any of this samples DDPM and DDIM as the
 * official DiT code does.
 *
 * @param timestepSpacing which training steps are visited: leading, linspace, trailing, or official for DDPM and DDIM
 * @param stepsOffset added to every visited training step, of leading only
 * @param clipSampleRange DDPM and DDIM clamp x₀ to ± this; empty means that they do not
 * @param varianceType where DDPM's variance comes from; empty means learned where the denoiser has it, else fixed
 * @param setAlphaToOne whether DDIM's last step goes to a picture without any noise, else to training step 0
 * @param noiseLevels of schedulers over noise levels
 * @param multistep of DPM-Solver++ and UniPC
 * @param flowShift of models that predict a flow
 */
public record Sampling(
        Optional<TimestepSpacing> timestepSpacing,
        Optional<Integer> stepsOffset,
        Optional<Double> clipSampleRange,
        Optional<VarianceType> varianceType,
        Optional<Boolean> setAlphaToOne,
        Optional<NoiseLevels> noiseLevels,
        Optional<Multistep> multistep,
        Optional<FlowShift> flowShift) {

    /** Every scheduler as its class has it. */
    public static final Sampling USUAL = new Sampling(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** The official DiT code's DDPM and DDIM. */
    public static final Sampling OFFICIAL = new Sampling(
            Optional.of(TimestepSpacing.of(TimestepSpacing.Kind.OFFICIAL)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public Sampling {
        timestepSpacing = orEmpty(timestepSpacing);
        stepsOffset = orEmpty(stepsOffset);
        clipSampleRange = orEmpty(clipSampleRange);
        varianceType = orEmpty(varianceType);
        setAlphaToOne = orEmpty(setAlphaToOne);
        noiseLevels = orEmpty(noiseLevels);
        multistep = orEmpty(multistep);
        flowShift = orEmpty(flowShift);
        if (timestepSpacing
                .map(TimestepSpacing::kind)
                .filter(Sampling::dependsOnSteps)
                .isPresent()) {
            throw new IllegalArgumentException("sampling.timestep_spacing is '" + timestepSpacing.get()
                    + "', but must be one of leading, linspace, trailing, official");
        }
        if (stepsOffset.filter(offset -> offset < 0).isPresent()) {
            throw new IllegalArgumentException(
                    "sampling.steps_offset is " + stepsOffset.get() + ", but must be at least 0");
        }
        if (clipSampleRange.filter(range -> !(range > 0)).isPresent()) {
            throw new IllegalArgumentException(
                    "sampling.clip_sample_range is " + clipSampleRange.get() + ", but must be positive");
        }
    }

    /** The spacing of a scheduler that is used without saying. */
    public TimestepSpacing usualSpacing(SamplerSpec.Scheduler scheduler) {
        boolean ofTables =
                switch (scheduler) {
                    case DDPM, DDIM -> true;
                    default -> false;
                };
        return timestepSpacing
                .filter(spacing -> ofTables || spacing.kind() != TimestepSpacing.Kind.OFFICIAL)
                .orElse(TimestepSpacing.of(ofTables ? TimestepSpacing.Kind.LEADING : TimestepSpacing.Kind.LINSPACE));
    }

    /** Whether noise levels are spaced as by Karras et al. where a job does not say. */
    public boolean usualKarras() {
        return noiseLevels.flatMap(NoiseLevels::useKarrasSigmas).orElse(false);
    }

    private static boolean dependsOnSteps(TimestepSpacing.Kind kind) {
        return kind == TimestepSpacing.Kind.DDIM || kind == TimestepSpacing.Kind.SECTIONS;
    }

    static <T> Optional<T> orEmpty(Optional<T> value) {
        return value == null ? Optional.empty() : value;
    }
}
