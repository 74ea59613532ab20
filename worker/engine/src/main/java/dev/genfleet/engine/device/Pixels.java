package dev.genfleet.engine.device;

/** A decoded picture: red, green and blue planes of float32, about -1 to 1. The array is handed over, not copied. */
public final class Pixels {

    private static final int PLANES = 3;

    private final int width;
    private final int height;
    private final float[] planes;

    /**
     * Wraps decoded planes.
     *
     * @param width pixels
     * @param height pixels
     * @param planes {@code [3, height, width]} flat
     */
    public Pixels(int width, int height, float[] planes) {
        if (planes.length != PLANES * width * height) {
            throw new IllegalArgumentException("a picture of " + width + "x" + height + " has "
                    + PLANES * width * height + " numbers, but " + planes.length + " were given");
        }
        this.width = width;
        this.height = height;
        this.planes = planes;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** Value of plane 0 (red), 1 (green) or 2 (blue) at column {@code x} of row {@code y}. */
    public float at(int plane, int x, int y) {
        return planes[(plane * height + y) * width + x];
    }

    /** Whether every number is finite. */
    public boolean finite() {
        for (float value : planes) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
