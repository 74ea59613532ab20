package dev.genfleet.importer.text;

import dev.genfleet.importer.family.Conditioned;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Weights;
import dev.genfleet.model.ModelConditioning;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The encoder of T5 (Raffel et al. 2020) in the layout of transformers.
 *
 * @param shape its dimensions
 */
public record T5Architecture(T5Shape shape) implements TextEncoderArchitecture {

    public static final String NAME = "t5-encoder";

    public T5Architecture {
        Objects.requireNonNull(shape, "shape");
    }

    @Override
    public String family() {
        return NAME;
    }

    @Override
    public String describe() {
        return "T5 encoder, " + shape.layers() + " layers of width " + shape.width();
    }

    @Override
    public void write(Weights weights, GraphBuilder graph) {
        new T5Graph(shape, weights, graph).build();
    }

    /** The second name of the token table, and the decoder of files that hold the whole model. */
    @Override
    public boolean leavesOut(String key) {
        return key.equals(T5Inference.TIED_TOKENS) || key.startsWith("decoder.") || key.equals("lm_head.weight");
    }

    @Override
    public Conditioned.Encoder kind() {
        return Conditioned.Encoder.T5;
    }

    @Override
    public int width() {
        return shape.width();
    }

    @Override
    public OptionalInt pooledWidth() {
        return OptionalInt.empty();
    }

    @Override
    public int vocabulary() {
        return shape.vocabulary();
    }

    @Override
    public OptionalInt longest() {
        return OptionalInt.empty();
    }

    @Override
    public ModelConditioning.TextEncoder signature(String file, CaptionTokens captions) {
        return new ModelConditioning.TextEncoder(
                file,
                captions.tokenizer(),
                captions.tokens(),
                captions.padId(),
                shape.width(),
                TextTensors.INPUT_IDS,
                Optional.of(TextTensors.ATTENTION_MASK),
                TextTensors.HIDDEN_STATES,
                Optional.empty());
    }
}
