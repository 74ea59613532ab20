package dev.genfleet.importer.gentron;

import dev.genfleet.importer.family.Conditioned;
import dev.genfleet.importer.family.DenoiserArchitecture;
import dev.genfleet.importer.family.DenoiserTensors;
import dev.genfleet.importer.family.Frames;
import dev.genfleet.importer.family.LatentSizes;
import dev.genfleet.importer.family.UsualSampling;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Weights;
import dev.genfleet.model.ModelManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A GenTron of images or videos (Chen et al., CVPR 2024).
 *
 * <p>Heights and widths of latents are open: positions are computed, not learned, and the graph holds those of {@link #LARGEST_GRID}
 * tokens along each side.
 *
 * @param shape dimensions of the trunk
 * @param text how captions reach it
 * @param sizes latent sizes, multiples of the patch up to {@code LARGEST_GRID} patches a side
 * @param temporal of models of videos
 */
public record GentronArchitecture(
        GentronShape shape, GentronText text, LatentSizes sizes, Optional<GentronTemporal> temporal)
        implements DenoiserArchitecture {

    /** Most tokens along one side of a latent: pictures of 2048 pixels with patch 2 and the usual autoencoder. */
    public static final int LARGEST_GRID = 128;

    /** Latent cells along each side of the paper's pictures of 256 pixels. */
    static final int USUAL_SIDE = 32;

    public GentronArchitecture {
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(sizes, "sizes");
        Objects.requireNonNull(temporal, "temporal");
        if (sizes.height() % shape.patch() != 0 || sizes.width() % shape.patch() != 0) {
            throw new IllegalArgumentException("latents are " + sizes.height() + "x" + sizes.width()
                    + ", but must be multiples of the patch " + shape.patch());
        }
        if (!text.blocks().isEmpty() && text.blocks().size() != shape.depth()) {
            throw new IllegalArgumentException(
                    "text encoders are given for " + text.blocks().size() + " blocks, but there are " + shape.depth());
        }
    }

    /** GenTron-XL/2 of images of 256 pixels, with both text encoders. */
    public static GentronArchitecture xl2() {
        return images(GentronShape.XL2, GentronText.interleaved(GentronShape.XL2.depth()));
    }

    /** GenTron-G/2 of images of 256 pixels, with both text encoders. */
    public static GentronArchitecture g2() {
        return images(GentronShape.G2, GentronText.interleaved(GentronShape.G2.depth()));
    }

    /** GenTron-XL/2 of videos of 8 frames. */
    public static GentronArchitecture xl2Video() {
        return xl2().with(GentronTemporal.PUBLISHED);
    }

    /** GenTron-G/2 of videos of 8 frames. */
    public static GentronArchitecture g2Video() {
        return g2().with(GentronTemporal.PUBLISHED);
    }

    /** A model of images, of latents of 32x32 unless asked otherwise. */
    public static GentronArchitecture images(GentronShape shape, GentronText text) {
        return new GentronArchitecture(shape, text, sizes(USUAL_SIDE, USUAL_SIDE, shape.patch()), Optional.empty());
    }

    /**
     * The model of videos that a model of images becomes when temporal layers are added whose weights are zeros: every frame comes
     * out as the image model makes it.
     *
     * <p>The layers are really there, in the graph and in the package's file of derived weights, one tensor for each of queries,
     * keys, values and projection of each block: whoever trains them on top of these images exchanges that file, and nothing is
     * imported again. Leaving them out would save their time, but then the package would be no model of videos.
     */
    public GentronArchitecture withTemporal(Frames frames) {
        if (temporal.isPresent()) {
            throw new IllegalArgumentException(describe() + " has temporal layers of its own");
        }
        return with(new GentronTemporal(frames, GentronTemporal.Form.ZERO_INITIALISED));
    }

    /** The same model of videos without motion, see {@link GentronTemporal.Form#MOTIONLESS}. */
    public GentronArchitecture motionless() {
        GentronTemporal own = temporal.orElseThrow(() -> new IllegalArgumentException(
                describe() + " has no temporal layers, so there is no motion to leave out"));
        if (own.form() == GentronTemporal.Form.ZERO_INITIALISED) {
            throw new IllegalArgumentException(describe() + " makes no motion: use the model of images itself");
        }
        return with(new GentronTemporal(own.frames(), GentronTemporal.Form.MOTIONLESS));
    }

    /** The same trunk with other text. */
    public GentronArchitecture conditionedOn(GentronText other) {
        return new GentronArchitecture(shape, other, sizes, temporal);
    }

    GentronArchitecture with(GentronTemporal layers) {
        return new GentronArchitecture(shape, text, sizes, Optional.of(layers));
    }

    static LatentSizes sizes(int height, int width, int patch) {
        return LatentSizes.open(height, width, patch, Math.multiplyExact(LARGEST_GRID, patch));
    }

    @Override
    public String family() {
        return GentronFamily.NAME;
    }

    @Override
    public String describe() {
        String kind = temporal.map(layers -> switch (layers.form()) {
                    case ATTENDING -> "videos";
                    case MOTIONLESS -> "videos without motion";
                    case ZERO_INITIALISED -> "videos, temporal layers zero";
                })
                .orElse("images");
        return shape.describe() + ", " + kind + ", " + text.describe();
    }

    @Override
    public void write(Weights weights, GraphBuilder graph) {
        new GentronGraph(this, weights, graph).build();
    }

    @Override
    public int channels() {
        return shape.channels();
    }

    /** {@inheritDoc} Unconditional rows have zeros in place of the text's vectors and keep its masks. */
    @Override
    public Conditioned conditioned() {
        return new Conditioned.OnCaptions(text.encoders(), text.pooled(), Conditioned.NullText.ZEROS);
    }

    @Override
    public Optional<Frames> frames() {
        return temporal.map(GentronTemporal::frames);
    }

    @Override
    public UsualSampling sampling() {
        return takesMotion() ? UsualSampling.ofMotion() : UsualSampling.ofCaptions(7.5);
    }

    /** Whether rows say if there is motion in them. */
    boolean takesMotion() {
        return temporal.filter(layers -> layers.form() != GentronTemporal.Form.MOTIONLESS)
                .isPresent();
    }

    /**
     * {@inheritDoc} Where no block attends to tokens the first encoder's hidden states are an input that nothing reads, without a
     * mask, since a package's denoiser has one text input for each text encoder.
     */
    @Override
    public ModelManifest.Denoiser signature(String file) {
        List<ModelManifest.TextInput> texts = new ArrayList<>();
        for (int i = 0; i < text.encoders().size(); i++) {
            texts.add(new ModelManifest.TextInput(
                    DenoiserTensors.HIDDEN_STATES.get(i),
                    text.blocks().isEmpty() ? Optional.empty() : Optional.of(DenoiserTensors.ATTENTION_MASKS.get(i))));
        }
        return new ModelManifest.Denoiser(
                file,
                DenoiserTensors.LATENTS,
                DenoiserTensors.TIMESTEPS,
                Optional.empty(),
                texts,
                text.pooled().isPresent() ? Optional.of(DenoiserTensors.POOLED) : Optional.empty(),
                takesMotion() ? Optional.of(DenoiserTensors.MOTION) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                DenoiserTensors.PREDICTION,
                shape.learnedSigma());
    }
}
