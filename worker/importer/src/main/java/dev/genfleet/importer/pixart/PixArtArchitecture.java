package dev.genfleet.importer.pixart;

import dev.genfleet.importer.adalnsingle.AdaLnSingleInference;
import dev.genfleet.importer.adalnsingle.AdaLnSingleShape;
import dev.genfleet.importer.family.Conditioned;
import dev.genfleet.importer.family.DenoiserArchitecture;
import dev.genfleet.importer.family.DenoiserTensors;
import dev.genfleet.importer.family.LatentSizes;
import dev.genfleet.importer.family.UsualSampling;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Weights;
import dev.genfleet.model.ModelManifest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A PixArt-α (Chen et al. 2023) or PixArt-Σ (Chen et al. 2024) in the layout of diffusers.
 *
 * @param shape its dimensions
 * @param conditions further conditions
 * @param tokens what captions are padded to; the graph takes any number
 */
public record PixArtArchitecture(AdaLnSingleShape shape, MicroConditions conditions, int tokens)
        implements DenoiserArchitecture {

    /** Caption tokens of PixArt-α. */
    public static final int ALPHA_TOKENS = 120;

    /** Caption tokens of PixArt-Σ. */
    public static final int SIGMA_TOKENS = 300;

    private static final int PIXELS_PER_CELL = 8;
    private static final int LARGER_THAN_TRAINED = 2;

    public PixArtArchitecture {
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(conditions, "conditions");
        if (tokens < 1) {
            throw new IllegalArgumentException("caption tokens are " + tokens + ", but must be at least 1");
        }
        if (conditions == MicroConditions.RESOLUTION_AND_ASPECT_RATIO && shape.width() % 3 != 0) {
            throw new IllegalArgumentException("hidden size is " + shape.width()
                    + ", but must be a multiple of 3: height, width and aspect ratio take a third each");
        }
    }

    /** The published PixArt-α XL/2 for pictures of 256, 512 or 1024 pixels a side; 1024 has micro-conditions. */
    public static PixArtArchitecture alpha(int pixels) {
        int cells = pixels / PIXELS_PER_CELL;
        return new PixArtArchitecture(
                AdaLnSingleShape.xl2(cells, AdaLnSingleShape.usualInterpolationScale(cells)),
                PixArtInference.usualConditions(cells),
                ALPHA_TOKENS);
    }

    /** The published PixArt-Σ XL/2 for pictures of 256, 512, 1024 or 2048 pixels a side. */
    public static PixArtArchitecture sigma(int pixels) {
        return new PixArtArchitecture(
                AdaLnSingleShape.xl2(pixels / PIXELS_PER_CELL, pixels / 512.0), MicroConditions.NONE, SIGMA_TOKENS);
    }

    @Override
    public String family() {
        return PixArtFamily.NAME;
    }

    @Override
    public String describe() {
        return "PixArt " + shape.describe() + (conditions == MicroConditions.NONE ? "" : " with micro-conditions");
    }

    @Override
    public void write(Weights weights, GraphBuilder graph) {
        new PixArtGraph(this, weights, graph).build();
    }

    /** {@inheritDoc} Diffusers' first PixArt checkpoints hold a caption that nothing uses. */
    @Override
    public boolean leavesOut(String key) {
        return key.equals(AdaLnSingleInference.UNUSED_CAPTION);
    }

    @Override
    public int channels() {
        return shape.channels();
    }

    /** {@inheritDoc} Its pipelines guide by 4.5. */
    @Override
    public UsualSampling sampling() {
        return UsualSampling.ofCaptions(4.5);
    }

    /** {@inheritDoc} Any aspect ratio; twice the trained side is offered at most, since pictures fall apart beyond. */
    @Override
    public LatentSizes sizes() {
        int side = shape.sampleSize();
        return LatentSizes.open(side, side, shape.patch(), LARGER_THAN_TRAINED * side);
    }

    @Override
    public Conditioned conditioned() {
        return new Conditioned.OnCaptions(
                List.of(new Conditioned.Text(Conditioned.Encoder.T5, shape.captionWidth(), tokens)),
                OptionalInt.empty(),
                Conditioned.NullText.EMPTY_CAPTION);
    }

    @Override
    public ModelManifest.Denoiser signature(String file) {
        boolean more = conditions == MicroConditions.RESOLUTION_AND_ASPECT_RATIO;
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
                more ? Optional.of(DenoiserTensors.RESOLUTION) : Optional.empty(),
                more ? Optional.of(DenoiserTensors.ASPECT_RATIO) : Optional.empty(),
                DenoiserTensors.PREDICTION,
                shape.learnedSigma());
    }
}
