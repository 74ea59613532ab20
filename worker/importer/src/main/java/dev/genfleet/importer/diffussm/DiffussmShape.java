package dev.genfleet.importer.diffussm;

import java.util.Objects;

/**
 * Dimensions of a DiffuSSM.
 *
 * @param width hidden size, D in the paper
 * @param depth blocks
 * @param grouping latent cells of a row that make one token of the dense layers, M in the paper: the hourglass's waist
 * @param pairs conjugate pairs of each channel's state, N/2
 * @param channels latent channels in
 * @param outputChannels {@code channels}, or twice that with a learned variance
 * @param rows latent cells along a column
 * @param columns latent cells along a row
 * @param conditions what it is conditioned on
 */
public record DiffussmShape(
        int width,
        int depth,
        int grouping,
        int pairs,
        int channels,
        int outputChannels,
        int rows,
        int columns,
        Conditions conditions) {

    public DiffussmShape {
        if (width % 4 != 0 || 2 * width % grouping != 0) {
            throw new IllegalArgumentException(
                    "hidden size " + width + " must be a multiple of 4, and twice it one of M, " + grouping);
        }
        if (rows < 1 || columns < 1 || columns % grouping != 0) {
            throw new IllegalArgumentException(
                    "latents of " + rows + "x" + columns + " have no whole tokens of " + grouping + " cells of a row");
        }
        Objects.requireNonNull(conditions, "conditions");
    }

    /** Cells of one sample: the length of the state space's sequences. */
    int length() {
        return rows * columns;
    }

    /** Tokens of one sample in the dense layers. */
    int tokens() {
        return length() / grouping;
    }

    /** Whether the second half of the output's channels is the learned variance. */
    boolean learnedSigma() {
        return outputChannels == 2 * channels;
    }

    /** The same network at another latent size: a state space's kernel is defined for every length. */
    DiffussmShape at(int height, int breadth) {
        return new DiffussmShape(width, depth, grouping, pairs, channels, outputChannels, height, breadth, conditions);
    }

    /** Whether the spectra of one layer fit into one mapped piece of a file. */
    static boolean fits(long length, long width) {
        return length <= 1 << 20 && length * width <= Integer.MAX_VALUE / (2 * Float.BYTES);
    }

    /** The paper's name of this configuration where it has one, and its dimensions. */
    String describe() {
        String size =
                switch (width + "x" + depth) {
                    case "384x29" -> "DiffuSSM-S";
                    case "768x29" -> "DiffuSSM-L";
                    case "1152x29" -> "DiffuSSM-XL";
                    default -> "DiffuSSM";
                };
        return size + ", " + depth + " blocks of width " + width + ", M = " + grouping + ", at latents of " + rows + "x"
                + columns;
    }
}
