package dev.genfleet.importer.gentron;

/**
 * Dimensions of a GenTron's trunk.
 *
 * @param width hidden size
 * @param depth blocks
 * @param heads attention heads, of all attentions
 * @param mlpWidth hidden size of the MLPs
 * @param patch latent cells per token along each side
 * @param channels latent channels in
 * @param outputChannels {@code channels}, or twice that with a learned variance
 */
public record GentronShape(int width, int depth, int heads, int mlpWidth, int patch, int channels, int outputChannels) {

    /** GenTron-XL/2 (the paper's Table 1), with the learned variance of the DiT that it was made from. */
    public static final GentronShape XL2 = new GentronShape(1152, 28, 16, 4608, 2, 4, 8);

    /**
     * GenTron-G/2. Its heads were not published: 16, as in the ViT-G of the same width and depth (Zhai et al. 2022, "Scaling Vision
     * Transformers", Table 2), whose sizes the paper follows, and as in XL/2.
     */
    public static final GentronShape G2 = new GentronShape(1664, 48, 16, 6656, 2, 4, 8);

    public GentronShape {
        if (width < 4 || depth < 1 || heads < 1 || mlpWidth < 1 || patch < 1 || channels < 1) {
            throw new IllegalArgumentException(
                    "a GenTron of " + depth + " blocks of width " + width + ", " + heads + " heads, MLPs of " + mlpWidth
                            + ", patch " + patch + " and " + channels + " channels makes no sense");
        }
        if (width % heads != 0 || width % 4 != 0) {
            throw new IllegalArgumentException(
                    "hidden size is " + width + ", but must be a multiple of 4 and of its " + heads + " heads");
        }
        if (outputChannels != channels && outputChannels != 2 * channels) {
            throw new IllegalArgumentException("output channels are " + outputChannels + ", but must be " + channels
                    + " or, with a learned variance, " + 2 * channels);
        }
    }

    /** Whether the second half of the output's channels is the learned variance. */
    public boolean learnedSigma() {
        return outputChannels == 2 * channels;
    }

    /** Numbers in one patch of a latent. */
    int patchSize() {
        return channels * patch * patch;
    }

    /** The name in the paper, such as {@code GenTron-XL/2}, or the dimensions. */
    String describe() {
        return switch (width + "x" + depth) {
            case "1152x28" -> "GenTron-XL/" + patch;
            case "1664x48" -> "GenTron-G/" + patch;
            default -> "GenTron of " + depth + " blocks of width " + width + ", " + heads + " heads, patch " + patch;
        };
    }
}
