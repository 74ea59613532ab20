package dev.genfleet.engine;

/** How many of the rows that wait share a forward. */
public enum RowChoice {
    /** The fewest whose time per row is near the best that the waiting rows allow, by what forwards were measured to take. */
    MEASURED,
    /** As many as fit. */
    FULL
}
