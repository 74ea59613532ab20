package dev.genfleet.importer.adalnsingle;

/**
 * Dimensions of a transformer with adaLN-single.
 *
 * @param width hidden size
 * @param depth blocks, each with self-attention, cross-attention and MLP
 * @param heads attention heads
 * @param patch latent cells per token along each side
 * @param channels latent channels in
 * @param outputChannels {@code channels}, or twice that with a learned variance
 * @param mlpWidth hidden size of the MLPs
 * @param captionWidth of the text encoder's token vectors
 * @param sampleSize latent cells along each side of the pictures it was trained on
 * @param interpolationScale what positions are divided by, so that those of larger pictures lie as close as those of 512 pixels
 */
public record AdaLnSingleShape(
        int width,
        int depth,
        int heads,
        int patch,
        int channels,
        int outputChannels,
        int mlpWidth,
        int captionWidth,
        int sampleSize,
        double interpolationScale) {

    private static final int CELLS_OF_512_PIXELS = 64;

    public AdaLnSingleShape {
        if (width < 4 || heads < 1 || width % heads != 0 || width % 4 != 0) {
            throw new IllegalArgumentException("hidden size " + width
                    + " must be a multiple of 4 that divides into heads, but there are " + heads + " heads");
        }
        if (depth < 1 || patch < 1 || channels < 1 || mlpWidth < 1 || captionWidth < 1) {
            throw new IllegalArgumentException("depth " + depth + ", patch " + patch + ", channels " + channels
                    + ", MLP width " + mlpWidth + " and caption width " + captionWidth + " must be at least 1");
        }
        if (outputChannels != channels && outputChannels != 2 * channels) {
            throw new IllegalArgumentException("output channels are " + outputChannels + ", but must be " + channels
                    + " or, with a learned variance, " + 2 * channels);
        }
        if (sampleSize < patch || sampleSize % patch != 0) {
            throw new IllegalArgumentException(
                    "sample size is " + sampleSize + ", but must be a multiple of the patch size " + patch);
        }
        if (!(interpolationScale > 0) || Double.isInfinite(interpolationScale)) {
            throw new IllegalArgumentException(
                    "interpolation scale is " + interpolationScale + ", but must be a positive number");
        }
    }

    /** The published size XL/2: 28 blocks of 1152 in 16 heads, latents of 4 channels, learned variance, captions by T5-XXL. */
    public static AdaLnSingleShape xl2(int sampleSize, double interpolationScale) {
        return new AdaLnSingleShape(1152, 28, 16, 2, 4, 8, 4608, 4096, sampleSize, interpolationScale);
    }

    /** The interpolation scale where nobody gave another: 1 up to 512 pixels, then in proportion. */
    public static int usualInterpolationScale(int sampleSize) {
        return Math.max(sampleSize / CELLS_OF_512_PIXELS, 1);
    }

    /** Tokens along each side of the pictures it was trained on. */
    public int grid() {
        return sampleSize / patch;
    }

    /** Whether the second half of the output's channels is the learned variance. */
    public boolean learnedSigma() {
        return outputChannels == 2 * channels;
    }

    /** The size in words, such as {@code XL/2 at latents of 64x64}. */
    public String describe() {
        boolean extraLarge = width == 1152 && depth == 28 && heads == 16;
        String size =
                extraLarge ? "XL/" : "of " + depth + " blocks of width " + width + ", " + heads + " heads, patch ";
        return size + patch + " at latents of " + sampleSize + "x" + sampleSize;
    }
}
