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
 * A class-conditional DiT with adaLN-Zero blocks (Peebles and Xie 2023).
 *
 * @param shape its dimensions
 */
public record DitArchitecture(DitShape shape) implements DenoiserArchitecture {

    public DitArchitecture {
        Objects.requireNonNull(shape, "shape");
    }

    @Override
    public String family() {
        return DitFamily.NAME;
    }

    @Override
    public String describe() {
        return shape.describe();
    }

    @Override
    public void write(Weights weights, GraphBuilder graph) {
        new DitGraph(shape, new DitWeights.Official(weights), graph).build();
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
