package dev.genfleet.model;

import dev.genfleet.job.ImageSize;

/**
 * Sizes beyond the named ones, for models that take any.
 *
 * @param multiple pixels that width and height must be a multiple of
 * @param maxSide most pixels of width and of height
 */
public record OpenSizes(int multiple, int maxSide) {

    public OpenSizes {
        if (multiple < 1 || maxSide < multiple) {
            throw new IllegalArgumentException("open_sizes of model.json has multiple " + multiple + " and max_side "
                    + maxSide + ", but needs 1 <= multiple <= max_side");
        }
    }

    /** Whether pictures of that size are possible. */
    public boolean allow(ImageSize size) {
        return size.width() % multiple == 0
                && size.height() % multiple == 0
                && size.width() <= maxSide
                && size.height() <= maxSide;
    }
}
