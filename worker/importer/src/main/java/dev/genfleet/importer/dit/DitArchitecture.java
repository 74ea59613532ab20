package dev.genfleet.importer.dit;

import dev.genfleet.importer.family.Conditioned;
import dev.genfleet.importer.family.DenoiserArchitecture;
import dev.genfleet.importer.family.DenoiserTensors;
import dev.genfleet.importer.family.LatentSizes;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Weights;
import dev.genfleet.model.ModelManifest;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A class-conditional DiT (Peebles and Xie 2023).
 *
 * @param shape its dimensions
 * @param conditioning how blocks learn of timestep and class
 * @param layout whose keys its checkpoint has
 * @param arithmetic whose forward pass is computed
 */
public record DitArchitecture(DitShape shape, DitConditioning conditioning, DitLayout layout, DitArithmetic arithmetic)
        implements DenoiserArchitecture {

    private static final int CHANNELS = 4;
    private static final int IMAGENET_CLASSES = 1000;

    /** {@link IllegalArgumentException} for conditionings that diffusers has no keys for. */
    public DitArchitecture {
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(conditioning, "conditioning");
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(arithmetic, "arithmetic");
        if (layout == DitLayout.DIFFUSERS && conditioning != DitConditioning.ADALN_ZERO) {
            throw new IllegalArgumentException("conditioning is " + conditioning
                    + ", but the diffusers layout has keys for " + DitConditioning.ADALN_ZERO + " alone");
        }
    }

    /** The released form: adaLN-Zero, official keys, official arithmetic. */
    public DitArchitecture(DitShape shape) {
        this(shape, DitConditioning.ADALN_ZERO, DitLayout.OFFICIAL, DitArithmetic.OFFICIAL);
    }

    /**
     * One of the paper's models: 4 latent channels, learned variance, ImageNet's 1000 classes and a null class.
     *
     * @param patch latent cells per token along each side: 2, 4 or 8 in the paper
     * @param side latent cells along each side: 32 for pictures of 256 pixels, 64 for 512
     */
    public static DitArchitecture published(DitSize size, int patch, int side) {
        if (patch < 1 || side < patch || side % patch != 0) {
            throw new IllegalArgumentException("latents of " + side + " cells do not divide into patches of " + patch);
        }
        return new DitArchitecture(new DitShape(
                size.width(),
                size.depth(),
                size.heads(),
                patch,
                CHANNELS,
                2 * CHANNELS,
                side / patch,
                4 * size.width(),
                IMAGENET_CLASSES + 1,
                IMAGENET_CLASSES));
    }

    /** The same with other blocks. */
    public DitArchitecture with(DitConditioning other) {
        return new DitArchitecture(shape, other, layout, arithmetic);
    }

    /** The same under other keys. */
    public DitArchitecture with(DitLayout other) {
        return new DitArchitecture(shape, conditioning, other, arithmetic);
    }

    /** The same computed in another way. */
    public DitArchitecture with(DitArithmetic other) {
        return new DitArchitecture(shape, conditioning, layout, other);
    }

    @Override
    public String family() {
        return DitFamily.NAME;
    }

    @Override
    public String describe() {
        return conditioning == DitConditioning.ADALN_ZERO
                ? shape.describe()
                : shape.describe() + ", " + conditioning.words();
    }

    @Override
    public void write(Weights weights, GraphBuilder graph) {
        DitWeights view =
                switch (layout) {
                    case OFFICIAL -> new DitWeights.Official(weights);
                    case DIFFUSERS -> new DiffusersDitWeights(weights, shape.depth());
                };
        new DitGraph(this, new DitLayers(shape, view, graph)).build();
    }

    /** {@inheritDoc} Diffusers computes the position embedding, but some versions stored it as well. */
    @Override
    public boolean leavesOut(String key) {
        return layout == DitLayout.DIFFUSERS && key.equals("pos_embed.pos_embed");
    }

    @Override
    public int channels() {
        return shape.channels();
    }

    @Override
    public LatentSizes sizes() {
        return LatentSizes.only(shape.side(), shape.side());
    }

    @Override
    public Conditioned conditioned() {
        return new Conditioned.OnClasses(
                shape.classes(),
                shape.nullClass().isPresent() ? OptionalInt.of(shape.nullClass().get()) : OptionalInt.empty());
    }

    @Override
    public ModelManifest.Denoiser signature(String file) {
        return ModelManifest.Denoiser.ofClasses(
                file,
                DenoiserTensors.LATENTS,
                DenoiserTensors.TIMESTEPS,
                DenoiserTensors.CLASS_LABELS,
                DenoiserTensors.PREDICTION,
                shape.learnedSigma());
    }
}
