package dev.genfleet.model;

import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.TimestepSpacing;
import dev.genfleet.sampling.Sampling;

/**
 * A job's sampler with everything filled in that it leaves to the package.
 *
 * @param spec what the job says
 * @param settings the package's settings
 * @param spacing which training steps are visited; of no meaning for flows, and for multistep schedulers over Karras' noise levels
 * @param useKarrasSigmas whether noise levels are spaced as by Karras et al.
 */
public record EffectiveSampler(SamplerSpec spec, Sampling settings, TimestepSpacing spacing, boolean useKarrasSigmas) {

    /** What {@code spec} means for a package. */
    public static EffectiveSampler of(ModelManifest manifest, SamplerSpec spec) {
        Sampling settings = manifest.sampling().orElse(Sampling.OFFICIAL);
        boolean levels = SamplerFit.overKarrasSigmas(spec.scheduler())
                && !manifest.noiseSchedule().flow();
        return new EffectiveSampler(
                spec,
                settings,
                spec.timestepSpacing().orElseGet(() -> settings.usualSpacing(spec.scheduler())),
                levels && spec.useKarrasSigmas().orElse(settings.usualKarras()));
    }

    /** Whether DDPM or DDIM runs over respaced tables, as in the official code. */
    public boolean respaced() {
        return switch (spacing.kind()) {
            case OFFICIAL, DDIM, SECTIONS -> true;
            case LEADING, LINSPACE, TRAILING -> false;
        };
    }
}
