package dev.genfleet.model;

/**
 * How large latents are decoded: in overlapping square tiles, so that memory does not grow with the square of the picture. It
 * changes pixels, since no tile sees beyond itself, and so belongs to the package.
 *
 * @param size latent cells along each side of a tile
 * @param overlap latent cells that neighbouring tiles share at least
 */
public record DecodeTiling(int size, int overlap) {

    public DecodeTiling {
        if (size < 2 || overlap < 0 || overlap > size / 2) {
            throw new IllegalArgumentException("latent_decoder.tiling of model.json has size " + size + " and overlap "
                    + overlap + ", but needs size >= 2 and 0 <= overlap <= size / 2");
        }
    }

    /**
     * Whether latents of that shape are decoded in tiles: only those of more cells than one tile, because memory follows the
     * area. So a wide picture of the area of one tile is decoded whole.
     */
    public boolean appliesTo(LatentShape shape) {
        return (long) shape.height() * shape.width() > (long) size * size;
    }
}
