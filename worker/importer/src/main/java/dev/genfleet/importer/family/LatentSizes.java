package dev.genfleet.importer.family;

/**
 * Latent sizes that a graph takes, in cells.
 *
 * @param height cells that the model was trained for
 * @param width cells that the model was trained for
 * @param multiple what other heights and widths must be a multiple of; 0 where only the trained size is possible
 * @param largest most cells along a side where others are possible
 */
public record LatentSizes(int height, int width, int multiple, int largest) {

    public LatentSizes {
        if (height < 1 || width < 1 || multiple < 0 || largest < Math.max(height, width)) {
            throw new IllegalArgumentException("latent sizes of " + height + "x" + width + ", multiples of " + multiple
                    + " up to " + largest + " make no sense");
        }
    }

    /** The trained size alone. */
    public static LatentSizes only(int height, int width) {
        return new LatentSizes(height, width, 0, Math.max(height, width));
    }

    /** Any multiple of {@code multiple} up to {@code largest} cells a side. */
    public static LatentSizes open(int height, int width, int multiple, int largest) {
        return new LatentSizes(height, width, multiple, largest);
    }

    /** Whether other sizes than the trained one are possible. */
    public boolean open() {
        return multiple > 0;
    }
}
