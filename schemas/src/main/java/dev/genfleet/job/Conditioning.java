package dev.genfleet.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Objects;

/** What a sample is conditioned on. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Conditioning.ClassLabel.class, name = "class"),
    @JsonSubTypes.Type(value = Conditioning.Caption.class, name = "caption")
})
public sealed interface Conditioning {

    /**
     * A class of a class-conditional model.
     *
     * @param index row of the model's label table, from 0
     * @param name the label's name in the model's labels file
     */
    record ClassLabel(int index, String name) implements Conditioning {
        public ClassLabel {
            if (index < 0) {
                throw new IllegalArgumentException("class index is " + index + ", but must not be negative");
            }
            Objects.requireNonNull(name, "class name");
        }
    }

    /**
     * A caption for a text-conditional model.
     *
     * @param prompt what the picture shows
     * @param negativePrompt what guidance leads away from; empty for the null text
     */
    record Caption(String prompt, String negativePrompt) implements Conditioning {
        public Caption {
            Objects.requireNonNull(prompt, "prompt");
            Objects.requireNonNull(negativePrompt, "negative_prompt");
        }
    }
}
