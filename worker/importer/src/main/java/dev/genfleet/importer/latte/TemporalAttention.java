package dev.genfleet.importer.latte;

/** Whether frames attend to each other. */
public enum TemporalAttention {
    APPLIED,
    /** Temporal blocks are left out: every frame is a picture of its own. */
    SKIPPED
}
