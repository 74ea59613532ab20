package dev.genfleet.importer.family;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/** What a denoiser is conditioned on. */
public sealed interface Conditioned {

    /**
     * Classes.
     *
     * @param count classes that mean something
     * @param nullClass the row that stands for "no class", where the model was trained with label dropout
     */
    record OnClasses(int count, OptionalInt nullClass) implements Conditioned {}

    /**
     * Captions, as the token vectors of one or two text encoders.
     *
     * @param texts which encoders, in the order of the graph's inputs
     * @param pooled width of the first encoder's pooled vector; empty where the denoiser takes none
     * @param nullText what stands for "no caption"
     */
    record OnCaptions(List<Text> texts, OptionalInt pooled, NullText nullText) implements Conditioned {
        public OnCaptions {
            texts = List.copyOf(texts);
            Objects.requireNonNull(pooled, "pooled");
            Objects.requireNonNull(nullText, "nullText");
            if (texts.isEmpty() || texts.size() > 2) {
                throw new IllegalArgumentException(
                        "one or two text encoders are possible, but " + texts.size() + " were given");
            }
        }
    }

    /**
     * The output of one text encoder as a denoiser takes it.
     *
     * @param encoder which kind makes it
     * @param width of each token's vector
     * @param tokens how many tokens a caption is padded to
     */
    record Text(Encoder encoder, int width, int tokens) {}

    /** Kinds of text encoders. */
    enum Encoder {
        CLIP,
        T5
    }

    /** What stands for "no caption" in the unconditional rows. */
    enum NullText {
        /** The encoded empty caption. */
        EMPTY_CAPTION,
        /** Zeros in place of every token's vector and of the pooled one; the caption's mask is kept. */
        ZEROS
    }
}
