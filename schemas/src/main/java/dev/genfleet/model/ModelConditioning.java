package dev.genfleet.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** What a model's jobs are conditioned on; classes where {@code kind} is left out. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", defaultImpl = ModelConditioning.ClassLabels.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = ModelConditioning.ClassLabels.class, name = "class"),
    @JsonSubTypes.Type(value = ModelConditioning.Captions.class, name = "caption")
})
public sealed interface ModelConditioning {

    /** Whether the model knows an unconditional branch, and so takes guidance. */
    boolean guidable();

    /**
     * Class conditioning.
     *
     * @param labels name of each class, in order
     * @param nullClass index of the class that means "no class" to the denoiser; empty when the model has none and so takes no
     *     guidance
     */
    record ClassLabels(List<String> labels, Optional<Integer> nullClass) implements ModelConditioning {
        public ClassLabels {
            if (labels == null) {
                throw new IllegalArgumentException("conditioning.labels is missing in model.json");
            }
            labels = List.copyOf(labels);
            nullClass = nullClass == null ? Optional.empty() : nullClass;
        }

        @Override
        public boolean guidable() {
            return nullClass.isPresent();
        }
    }

    /**
     * Caption conditioning.
     *
     * @param textEncoders one or two, in the order of the denoiser's text inputs
     * @param nullText what stands for "no caption"
     */
    record Captions(List<TextEncoder> textEncoders, NullText nullText) implements ModelConditioning {
        public Captions {
            textEncoders = textEncoders == null ? List.of() : List.copyOf(textEncoders);
            if (textEncoders.isEmpty() || textEncoders.size() > 2) {
                throw new IllegalArgumentException("conditioning.text_encoders of model.json has " + textEncoders.size()
                        + " text encoders, but needs one or two");
            }
            nullText = nullText == null ? NullText.EMPTY_CAPTION : nullText;
        }

        @Override
        public boolean guidable() {
            return true;
        }
    }

    /**
     * A text encoder's graph and tokenizer. Inputs: token ids {@code [batch, tokens]} int64 and, where named, the attention mask
     * {@code [batch, tokens]} int64; outputs: hidden states {@code [batch, tokens, width]} float and, where named, the pooled
     * vector {@code [batch, width]} float.
     *
     * @param file path of the graph, relative to the package
     * @param tokenizer path of {@code tokenizer.json} (Hugging Face tokenizers), relative to the package
     * @param tokens length that captions are cut and padded to
     * @param padId token id of padding
     * @param width of each token's vector
     * @param inputIds input name
     * @param attentionMask input name
     * @param hiddenStates output name
     * @param pooled output name
     */
    record TextEncoder(
            String file,
            String tokenizer,
            int tokens,
            int padId,
            int width,
            String inputIds,
            Optional<String> attentionMask,
            String hiddenStates,
            Optional<String> pooled) {
        public TextEncoder {
            Objects.requireNonNull(file, "text_encoders.file");
            Objects.requireNonNull(tokenizer, "text_encoders.tokenizer");
            Objects.requireNonNull(inputIds, "text_encoders.input_ids");
            Objects.requireNonNull(hiddenStates, "text_encoders.hidden_states");
            attentionMask = attentionMask == null ? Optional.empty() : attentionMask;
            pooled = pooled == null ? Optional.empty() : pooled;
            if (tokens < 1 || padId < 0 || width < 1) {
                throw new IllegalArgumentException("a text encoder of model.json has tokens " + tokens + ", pad_id "
                        + padId + " and width " + width + ", but needs at least 1, 0 and 1");
            }
        }
    }

    /** What stands for "no caption" in unconditional rows. A negative prompt takes its place. */
    enum NullText {
        /** The encoded empty caption. */
        EMPTY_CAPTION,
        /** Zeros in place of every token's vector and of the pooled one; the caption's mask is kept. */
        ZEROS;

        /** Reads the lower-case wire form. */
        @JsonCreator
        public static NullText parse(String text) {
            for (NullText known : values()) {
                if (known.wireName().equals(text)) {
                    return known;
                }
            }
            throw new IllegalArgumentException("null_text is '" + text + "', but must be empty_caption or zeros");
        }

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
