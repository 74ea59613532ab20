package dev.genfleet.importer.latte;

import dev.genfleet.importer.adalnsingle.AdaLnSingleInference;
import dev.genfleet.importer.adalnsingle.AdaLnSingleShape;
import dev.genfleet.importer.family.Conditioned;
import dev.genfleet.importer.family.DenoiserArchitecture;
import dev.genfleet.importer.family.DenoiserTensors;
import dev.genfleet.importer.family.Frames;
import dev.genfleet.importer.family.LatentSizes;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Weights;
import dev.genfleet.model.ModelManifest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Latte (Ma et al. 2024, variant 1: spatial and temporal blocks in turn), text to video, in the layout of diffusers.
 *
 * @param shape its dimensions; {@code depth} counts pairs of a spatial and a temporal block
 * @param videoLength frames it was trained on, and the most that its graph takes: there are no positions beyond
 * @param temporal whether the temporal blocks are applied
 */
public record LatteArchitecture(AdaLnSingleShape shape, int videoLength, TemporalAttention temporal)
        implements DenoiserArchitecture {

    /** What captions are padded to; the graph takes any number. */
    public static final int TOKENS = 120;

    static final String TEMPORAL_BLOCKS = "temporal_transformer_blocks.";

    private static final int LARGER_THAN_TRAINED = 2;

    public LatteArchitecture {
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(temporal, "temporal");
        if (videoLength < 1) {
            throw new IllegalArgumentException("video length is " + videoLength + ", but must be at least 1 frame");
        }
    }

    /** The published Latte-1 XL/2: 16 frames of 512 pixels a side. */
    public static LatteArchitecture xl2() {
        return new LatteArchitecture(AdaLnSingleShape.xl2(64, 1), 16, TemporalAttention.APPLIED);
    }

    @Override
    public String family() {
        return LatteFamily.NAME;
    }

    @Override
    public String describe() {
        return "Latte " + shape.describe() + ", " + videoLength + " frames"
                + (temporal == TemporalAttention.APPLIED ? "" : ", without temporal blocks");
    }

    @Override
    public void write(Weights weights, GraphBuilder graph) {
        new LatteGraph(this, weights, graph).build();
    }

    /** {@inheritDoc} The temporal blocks, where they are not applied; a caption that nothing uses. */
    @Override
    public boolean leavesOut(String key) {
        return key.equals(AdaLnSingleInference.UNUSED_CAPTION)
                || (temporal == TemporalAttention.SKIPPED && key.startsWith(TEMPORAL_BLOCKS));
    }

    @Override
    public int channels() {
        return shape.channels();
    }

    /** {@inheritDoc} Any aspect ratio, up to twice the trained side. */
    @Override
    public LatentSizes sizes() {
        int side = shape.sampleSize();
        return LatentSizes.open(side, side, shape.patch(), LARGER_THAN_TRAINED * side);
    }

    @Override
    public Optional<Frames> frames() {
        return Optional.of(new Frames(videoLength, videoLength));
    }

    @Override
    public Conditioned conditioned() {
        return new Conditioned.OnCaptions(
                List.of(new Conditioned.Text(Conditioned.Encoder.T5, shape.captionWidth(), TOKENS)),
                OptionalInt.empty(),
                Conditioned.NullText.EMPTY_CAPTION);
    }

    @Override
    public ModelManifest.Denoiser signature(String file) {
        return new ModelManifest.Denoiser(
                file,
                DenoiserTensors.LATENTS,
                DenoiserTensors.TIMESTEPS,
                Optional.empty(),
                List.of(new ModelManifest.TextInput(
                        DenoiserTensors.HIDDEN_STATES.getFirst(),
                        Optional.of(DenoiserTensors.ATTENTION_MASKS.getFirst()))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                DenoiserTensors.PREDICTION,
                shape.learnedSigma());
    }
}
