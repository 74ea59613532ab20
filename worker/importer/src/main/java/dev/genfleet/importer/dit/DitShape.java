package dev.genfleet.importer.dit;

import dev.genfleet.importer.checkpoint.CheckpointException;
import java.util.Optional;

/**
 * Dimensions of a DiT.
 *
 * @param width hidden size
 * @param depth blocks
 * @param heads attention heads
 * @param patch latent cells per token along each side
 * @param channels latent channels in
 * @param outputChannels {@code channels}, or twice that with a learned variance
 * @param grid tokens along each side
 * @param mlpWidth hidden size of the MLPs
 * @param labels rows of the label table
 * @param classes labels that mean something: all rows, or all but the last, which then means "no class"
 */
public record DitShape(
        int width,
        int depth,
        int heads,
        int patch,
        int channels,
        int outputChannels,
        int grid,
        int mlpWidth,
        int labels,
        int classes) {

    public DitShape {
        if (classes != labels && classes != labels - 1) {
            throw new IllegalArgumentException(labels + " label rows cannot hold " + classes + " classes");
        }
        if (width % heads != 0 || width % 4 != 0) {
            throw new IllegalArgumentException("hidden size " + width + " does not divide into " + heads + " heads");
        }
    }

    /** Latent cells along each side. */
    public int side() {
        return grid * patch;
    }

    /** Tokens of one sample. */
    public int tokens() {
        return grid * grid;
    }

    /** Whether the second half of the output's channels is the learned variance. */
    public boolean learnedSigma() {
        return outputChannels == 2 * channels;
    }

    /** The row that stands for "no class", where the model was trained with label dropout. */
    public Optional<Integer> nullClass() {
        return classes < labels ? Optional.of(classes) : Optional.empty();
    }

    /** The name of this configuration in the paper's Table 1, such as {@code DiT-S/2}, or its dimensions. */
    public String describe() {
        String size =
                switch (width + "x" + depth + "x" + heads) {
                    case "384x12x6" -> "DiT-S";
                    case "768x12x12" -> "DiT-B";
                    case "1024x24x16" -> "DiT-L";
                    case "1152x28x16" -> "DiT-XL";
                    default -> "DiT " + depth + " blocks of width " + width + ", " + heads + " heads, patch ";
                };
        return (size.endsWith(" ") ? size : size + "/") + patch + " at latents of " + side() + "x" + side();
    }

    static int root(long square, String what) throws CheckpointException {
        int root = (int) Math.round(Math.sqrt((double) square));
        if (root < 1 || (long) root * root != square) {
            throw new CheckpointException(what + " is " + square + ", but must be a square number");
        }
        return root;
    }
}
