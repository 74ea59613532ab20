package dev.genfleet.importer.pixart;

/** What a PixArt is conditioned on besides timestep and caption. */
public enum MicroConditions {
    NONE,
    /** The picture's height and width in pixels and its height divided by its width, as PixArt-α at 1024 pixels. */
    RESOLUTION_AND_ASPECT_RATIO
}
