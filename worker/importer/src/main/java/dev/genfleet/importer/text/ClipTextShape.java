package dev.genfleet.importer.text;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * Dimensions and options of a CLIP text encoder.
 *
 * @param vocabulary rows of the token table
 * @param positions rows of the position table: most tokens of a caption
 * @param width hidden size
 * @param layers blocks
 * @param heads attention heads
 * @param mlpWidth hidden size of the MLPs
 * @param activation of the MLPs
 * @param epsilon of every layer normalisation
 * @param endOfText id of the token whose vector stands for the caption, at its first place; empty for the rule of older
 *     configurations, the largest id of the caption
 * @param projection width that the pooled vector is projected to, empty where it is not
 * @param hidden which layer's vectors stand for the tokens
 */
public record ClipTextShape(
        int vocabulary,
        int positions,
        int width,
        int layers,
        int heads,
        int mlpWidth,
        Activation activation,
        float epsilon,
        OptionalInt endOfText,
        OptionalInt projection,
        Hidden hidden) {

    /** Activations of the MLPs. */
    public enum Activation {
        /** x · sigmoid(1.702 x), as OpenAI trained. */
        QUICK_GELU,
        /** By the error function, as OpenCLIP trained. */
        GELU,
        /** By tanh. */
        GELU_TANH
    }

    /** Which layer's vectors stand for the tokens; the pooled vector always comes from the last one. */
    public enum Hidden {
        /** The last layer's, normalised. */
        LAST,
        /** The last but one's, as Stable Diffusion XL takes them. */
        PENULTIMATE,
        /** The last but one's, normalised as the last one's are: Stable Diffusion with one layer skipped. */
        PENULTIMATE_NORMALISED
    }

    public ClipTextShape {
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(endOfText, "endOfText");
        Objects.requireNonNull(projection, "projection");
        Objects.requireNonNull(hidden, "hidden");
        if (vocabulary < 1 || positions < 1 || layers < 1 || heads < 1 || mlpWidth < 1 || !(epsilon > 0)) {
            throw new IllegalArgumentException("a CLIP text encoder of " + vocabulary + " tokens, " + positions
                    + " positions, " + layers + " layers, " + heads + " heads and MLPs of width " + mlpWidth
                    + " makes no sense");
        }
        if (width < 1 || width % heads != 0) {
            throw new IllegalArgumentException("hidden size " + width + " does not divide into " + heads + " heads");
        }
    }

    /** The text encoder of CLIP ViT-L/14 (Radford et al. 2021), which Stable Diffusion 1 uses. */
    public static ClipTextShape clipL() {
        return new ClipTextShape(
                49408,
                77,
                768,
                12,
                12,
                3072,
                Activation.QUICK_GELU,
                1e-5f,
                OptionalInt.empty(),
                OptionalInt.empty(),
                Hidden.LAST);
    }

    /** The text encoder of OpenCLIP ViT-bigG/14 as Stable Diffusion XL uses it. */
    public static ClipTextShape openClipBigG() {
        return new ClipTextShape(
                49408,
                77,
                1280,
                32,
                20,
                5120,
                Activation.GELU,
                1e-5f,
                OptionalInt.empty(),
                OptionalInt.of(1280),
                Hidden.PENULTIMATE);
    }

    /** The same network with another layer's vectors standing for the tokens. */
    public ClipTextShape taking(Hidden other) {
        return new ClipTextShape(
                vocabulary,
                positions,
                width,
                layers,
                heads,
                mlpWidth,
                activation,
                epsilon,
                endOfText,
                projection,
                other);
    }
}
