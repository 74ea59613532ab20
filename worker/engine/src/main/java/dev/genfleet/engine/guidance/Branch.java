package dev.genfleet.engine.guidance;

/** What one row of a sample is conditioned on. */
public enum Branch {
    /** The label or caption. */
    CONDITIONAL,
    /** The null class, or the negative or null text. */
    UNCONDITIONAL
}
