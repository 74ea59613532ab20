package dev.genfleet.importer.text;

import dev.genfleet.importer.family.Conditioned;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Weights;
import dev.genfleet.model.ModelConditioning;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The text encoder of CLIP (Radford et al. 2021, section 2.4) in the layout of transformers. Its graph takes no attention mask:
 * attention is causal and padding follows the end of the text, so neither the pooled vector nor a caption's own tokens see it,
 * and the pipelines that use this encoder give none.
 *
 * @param shape its dimensions
 */
public record ClipTextArchitecture(ClipTextShape shape) implements TextEncoderArchitecture {

    public static final String NAME = "clip-text";

    public ClipTextArchitecture {
        Objects.requireNonNull(shape, "shape");
    }

    @Override
    public String family() {
        return NAME;
    }

    @Override
    public String describe() {
        return "CLIP text encoder, " + shape.layers() + " layers of width " + shape.width();
    }

    @Override
    public void write(Weights weights, GraphBuilder graph) {
        new ClipTextGraph(shape, weights, graph).build();
    }

    /** Buffers that older files keep, CLIP's image half, and the projection where the pooled vector is taken without it. */
    @Override
    public boolean leavesOut(String key) {
        return key.endsWith("embeddings.position_ids")
                || key.startsWith("vision_model.")
                || key.equals("visual_projection.weight")
                || key.equals("logit_scale")
                || (key.equals("text_projection.weight") && shape.projection().isEmpty());
    }

    @Override
    public Conditioned.Encoder kind() {
        return Conditioned.Encoder.CLIP;
    }

    @Override
    public int width() {
        return shape.width();
    }

    @Override
    public OptionalInt pooledWidth() {
        return OptionalInt.of(shape.projection().orElse(shape.width()));
    }

    @Override
    public int vocabulary() {
        return shape.vocabulary();
    }

    @Override
    public OptionalInt longest() {
        return OptionalInt.of(shape.positions());
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
                Optional.empty(),
                TextTensors.HIDDEN_STATES,
                Optional.of(TextTensors.POOLED));
    }
}
