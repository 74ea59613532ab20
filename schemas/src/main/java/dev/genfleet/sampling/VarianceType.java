package dev.genfleet.sampling;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where DDPM's step variance comes from. */
public enum VarianceType {
    /** The posterior variance (Ho et al. 2020, section 3.2). */
    @JsonProperty("fixed_small")
    FIXED_SMALL,
    /** Beta (Ho et al. 2020, section 3.2). */
    @JsonProperty("fixed_large")
    FIXED_LARGE,
    /** Interpolated between both by the denoiser's second half of channels (Nichol and Dhariwal 2021, equation 15). */
    @JsonProperty("learned_range")
    LEARNED_RANGE
}
