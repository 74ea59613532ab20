package dev.genfleet.engine.schedule;

/** Where DDPM's step variance comes from. */
enum Variance {
    /** Interpolated between its bounds by the prediction's second half (Nichol and Dhariwal 2021, equation 15). */
    LEARNED_RANGE,
    /** Beta, its first entry replaced by the posterior variance's second (Ho et al. 2020, section 3.2). */
    FIXED_LARGE,
    /** The posterior variance (Ho et al. 2020, section 3.2). */
    FIXED_SMALL
}
