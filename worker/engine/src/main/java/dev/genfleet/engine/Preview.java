package dev.genfleet.engine;

/** A small picture of what a generation's first output would be if it ended now. Immutable. */
public final class Preview {

    private static final int COLOURS = 3;

    private final int step;
    private final int width;
    private final int height;
    private final byte[] rgb;

    /**
     * A preview.
     *
     * @param step steps that will have run when the prediction that it shows was used, from 1
     * @param width pixels
     * @param height pixels
     * @param rgb red, green and blue of each pixel, row by row; handed over, not copied
     */
    public Preview(int step, int width, int height, byte[] rgb) {
        if (step < 1 || width < 1 || height < 1 || rgb.length != COLOURS * width * height) {
            throw new IllegalArgumentException("a preview of step " + step + " has " + width + "x" + height
                    + " pixels and " + rgb.length + " bytes, but needs a step from 1 and three bytes for each pixel");
        }
        this.step = step;
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    /** The step whose prediction it shows, 1 for the first. */
    public int step() {
        return step;
    }

    /** Pixels. */
    public int width() {
        return width;
    }

    /** Pixels. */
    public int height() {
        return height;
    }

    /** Red, green and blue of a pixel as {@code 0xRRGGBB}. */
    public int rgb(int x, int y) {
        int at = COLOURS * (y * width + x);
        return Byte.toUnsignedInt(rgb[at]) << 16
                | Byte.toUnsignedInt(rgb[at + 1]) << 8
                | Byte.toUnsignedInt(rgb[at + 2]);
    }
}
