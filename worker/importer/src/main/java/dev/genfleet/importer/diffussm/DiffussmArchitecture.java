package dev.genfleet.importer.diffussm;

import dev.genfleet.importer.family.Conditioned;
import dev.genfleet.importer.family.DenoiserArchitecture;
import dev.genfleet.importer.family.DenoiserTensors;
import dev.genfleet.importer.family.LatentSizes;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Weights;
import dev.genfleet.model.ModelManifest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A DiffuSSM (Yan, Gu and Rush 2024), conditioned on classes or on captions.
 *
 * @param shape its dimensions
 */
public record DiffussmArchitecture(DiffussmShape shape) implements DenoiserArchitecture {

    /** Latent cells a side for pictures of 256 pixels. */
    private static final int CELLS_256 = 32;

    private static final int CELLS_512 = 64;
    private static final int DEPTH = 29;
    private static final int GROUPING = 2;
    private static final int PAIRS = 32;
    private static final int CHANNELS = 4;
    private static final int CLASSES = 1000;

    public DiffussmArchitecture {
        Objects.requireNonNull(shape, "shape");
    }

    /** DiffuSSM-XL at 256 pixels: 29 blocks of width 1152. */
    public static DiffussmArchitecture xl256() {
        return published(1152, CELLS_256);
    }

    /** DiffuSSM-XL at 512 pixels. */
    public static DiffussmArchitecture xl512() {
        return published(1152, CELLS_512);
    }

    /** The scaling study's S at 256 pixels, width 384; it gives widths only, so the depth is XL's. */
    public static DiffussmArchitecture s256() {
        return published(384, CELLS_256);
    }

    /** The scaling study's L at 256 pixels; its width, printed as 786, is taken for 768, and the depth is XL's. */
    public static DiffussmArchitecture l256() {
        return published(768, CELLS_256);
    }

    /** The same weights at another latent size, in cells; the width must be a multiple of M. */
    public DiffussmArchitecture at(int height, int width) {
        return new DiffussmArchitecture(shape.at(height, width));
    }

    private static DiffussmArchitecture published(int width, int side) {
        return new DiffussmArchitecture(new DiffussmShape(
                width,
                DEPTH,
                GROUPING,
                PAIRS,
                CHANNELS,
                2 * CHANNELS,
                side,
                side,
                new Conditions.Classes(CLASSES + 1, CLASSES)));
    }

    @Override
    public String family() {
        return DiffussmFamily.NAME;
    }

    @Override
    public String describe() {
        return shape.describe();
    }

    @Override
    public void write(Weights weights, GraphBuilder graph) {
        new DiffussmGraph(shape, weights, graph).build();
    }

    @Override
    public int channels() {
        return shape.channels();
    }

    @Override
    public LatentSizes sizes() {
        return LatentSizes.only(shape.rows(), shape.columns());
    }

    @Override
    public Conditioned conditioned() {
        return switch (shape.conditions()) {
            case Conditions.Classes classes -> new Conditioned.OnClasses(classes.classes(), classes.nullClass());
            case Conditions.Captions captions ->
                new Conditioned.OnCaptions(
                        captions.texts(), OptionalInt.of(captions.pooledWidth()), Conditioned.NullText.ZEROS);
        };
    }

    @Override
    public ModelManifest.Denoiser signature(String file) {
        return switch (shape.conditions()) {
            case Conditions.Classes _ ->
                ModelManifest.Denoiser.ofClasses(
                        file,
                        DenoiserTensors.LATENTS,
                        DenoiserTensors.TIMESTEPS,
                        DenoiserTensors.CLASS_LABELS,
                        DenoiserTensors.PREDICTION,
                        shape.learnedSigma());
            case Conditions.Captions captions ->
                new ModelManifest.Denoiser(
                        file,
                        DenoiserTensors.LATENTS,
                        DenoiserTensors.TIMESTEPS,
                        Optional.empty(),
                        texts(captions.texts().size()),
                        Optional.of(DenoiserTensors.POOLED),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        DenoiserTensors.PREDICTION,
                        shape.learnedSigma());
        };
    }

    private static List<ModelManifest.TextInput> texts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ModelManifest.TextInput(
                        DenoiserTensors.HIDDEN_STATES.get(i), Optional.of(DenoiserTensors.ATTENTION_MASKS.get(i))))
                .toList();
    }
}
