package dev.genfleet.importer.family;

/**
 * Frames of a video model.
 *
 * @param usual what it was trained for
 * @param most what its graph takes at most
 */
public record Frames(int usual, int most) {

    public Frames {
        if (usual < 1 || most < usual) {
            throw new IllegalArgumentException(
                    "a video model of " + usual + " frames, at most " + most + ", makes no sense");
        }
    }
}
