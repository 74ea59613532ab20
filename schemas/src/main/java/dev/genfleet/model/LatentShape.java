package dev.genfleet.model;

/**
 * Shape of one sample's latents, {@code [channels, height, width]}, or {@code [channels, frames, height, width]} of a video: so a
 * channel's numbers lie together in both. Samples of one model and one shape share forwards.
 *
 * @param channels latent channels
 * @param frames of a video; 1 for a picture
 * @param height latent rows
 * @param width latent columns
 */
public record LatentShape(int channels, int frames, int height, int width) {

    public LatentShape {
        if (channels < 1 || frames < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException("latent shape is " + channels + "x" + frames + "x" + height + "x" + width
                    + ", but every side must be at least 1");
        }
    }

    /** The shape of a picture's latents. */
    public LatentShape(int channels, int height, int width) {
        this(channels, 1, height, width);
    }

    /** Numbers in one channel. */
    public int cells() {
        return Math.multiplyExact(Math.multiplyExact(frames, height), width);
    }

    /** Numbers in one latent. */
    public int elements() {
        return Math.multiplyExact(channels, cells());
    }

    /** The shape of one frame alone. */
    public LatentShape frame() {
        return new LatentShape(channels, height, width);
    }

    /** The same frames with another number of channels. */
    public LatentShape withChannels(int others) {
        return new LatentShape(others, frames, height, width);
    }
}
