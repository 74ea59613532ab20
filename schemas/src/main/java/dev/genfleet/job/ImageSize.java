package dev.genfleet.job;

/**
 * Size of a picture in pixels.
 *
 * @param width pixels, from 1
 * @param height pixels, from 1
 */
public record ImageSize(int width, int height) {

    public ImageSize {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("size is " + width + "x" + height + ", but both must be at least 1");
        }
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
