package dev.genfleet.sampling;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * How schedulers over noise levels choose them.
 *
 * @param useKarrasSigmas spaced as by Karras et al. 2022, equation 5, instead of after the training steps; empty means no
 * @param finalSigmasType the level after the last step; empty means zero
 */
public record NoiseLevels(Optional<Boolean> useKarrasSigmas, Optional<Final> finalSigmasType) {

    /** Not Karras', down to zero. */
    public static final NoiseLevels USUAL = new NoiseLevels(Optional.empty(), Optional.empty());

    public NoiseLevels {
        useKarrasSigmas = Sampling.orEmpty(useKarrasSigmas);
        finalSigmasType = Sampling.orEmpty(finalSigmasType);
    }

    /** The level after the last step. */
    public enum Final {
        /** No noise. */
        @JsonProperty("zero")
        ZERO,
        /** That of training step 0. */
        @JsonProperty("sigma_min")
        SIGMA_MIN
    }
}
