package dev.genfleet.model;

/**
 * Shape of one sample's latents, {@code [channels, height, width]}. Samples of one model and one shape share forwards.
 *
 * @param channels latent channels
 * @param height latent rows
 * @param width latent columns
 */
public record LatentShape(int channels, int height, int width) {

    public LatentShape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "latent shape is " + channels + "x" + height + "x" + width + ", but every side must be at least 1");
        }
    }

    /** Numbers in one latent. */
    public int elements() {
        return Math.multiplyExact(Math.multiplyExact(channels, height), width);
    }
}
