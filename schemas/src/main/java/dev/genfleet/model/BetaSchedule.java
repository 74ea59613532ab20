package dev.genfleet.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How β runs over the training steps. */
public enum BetaSchedule {
    /** Evenly from the first to the last (Ho et al. 2020, section 4). */
    @JsonProperty("linear")
    LINEAR,
    /** The square root runs evenly (Rombach et al. 2022, their code). */
    @JsonProperty("scaled_linear")
    SCALED_LINEAR,
    /** After ᾱ = cos² (Nichol and Dhariwal 2021, equation 17), at most 0.999; beta_start and beta_end are not used. */
    @JsonProperty("squaredcos_cap_v2")
    SQUAREDCOS_CAP_V2
}
