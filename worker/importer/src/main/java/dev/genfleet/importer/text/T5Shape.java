package dev.genfleet.importer.text;

import java.util.Objects;

/**
 * Dimensions of a T5 encoder.
 *
 * @param vocabulary rows of the token table
 * @param width hidden size
 * @param layers blocks
 * @param heads attention heads
 * @param headWidth width of each head; {@code heads · headWidth} need not be the hidden size
 * @param mlpWidth hidden size of the feed-forward layers
 * @param feedForward their form
 * @param epsilon of every normalisation
 * @param positions how distances between tokens are told apart
 */
public record T5Shape(
        int vocabulary,
        int width,
        int layers,
        int heads,
        int headWidth,
        int mlpWidth,
        FeedForward feedForward,
        float epsilon,
        RelativePositions positions) {

    /** Forms of the feed-forward layers. */
    public enum FeedForward {
        /** ReLU (Raffel et al. 2020). */
        RELU,
        /** GELU by tanh, gated (Shazeer 2020): version 1.1 and what followed. */
        GATED_GELU
    }

    public T5Shape {
        Objects.requireNonNull(feedForward, "feedForward");
        Objects.requireNonNull(positions, "positions");
        if (vocabulary < 1 || width < 1 || layers < 1 || heads < 1 || headWidth < 1 || mlpWidth < 1) {
            throw new IllegalArgumentException(
                    "a T5 encoder of " + vocabulary + " tokens, width " + width + ", " + layers
                            + " layers, " + heads + " heads of width " + headWidth + " and MLPs of width " + mlpWidth
                            + " makes no sense");
        }
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("epsilon is " + epsilon + ", but must be positive");
        }
    }

    /** The encoder of T5 v1.1 XXL, which PixArt, GenTron and Stable Diffusion 3 take. */
    public static T5Shape xxl() {
        return new T5Shape(32128, 4096, 24, 64, 64, 10240, FeedForward.GATED_GELU, 1e-6f, RelativePositions.usual());
    }

    /** Width of all heads together. */
    public int inner() {
        return Math.multiplyExact(heads, headWidth);
    }
}
