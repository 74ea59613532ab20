package dev.genfleet.importer.architectures;

import dev.genfleet.importer.census.CensusException;
import dev.genfleet.importer.census.GraphCensus;
import dev.genfleet.importer.census.StoredWeights;
import dev.genfleet.importer.family.Architecture;
import dev.genfleet.importer.family.Conditioned;
import dev.genfleet.importer.family.DenoiserArchitecture;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.GraphBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A network of a published size.
 *
 * @param model its name in {@link PublishedFigures}, if it stands there
 * @param architecture all its dimensions
 * @param dimensions what the open dimensions of its graph are in one forward of one sample
 * @param remark what its figures rest on and why they differ from the published ones; empty where there is nothing to say
 */
record PublishedArchitecture(String model, Architecture architecture, Map<String, Long> dimensions, Remark remark) {

    /** DiT stores its table of positions, which is computed and which its paper does not count. */
    private static final String POSITIONS = "pos_embed";

    PublishedArchitecture {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(architecture, "architecture");
        dimensions = Map.copyOf(dimensions);
        Objects.requireNonNull(remark, "remark");
    }

    /** A denoiser that makes one sample of the size, the frames and the tokens that it was trained for. */
    static PublishedArchitecture of(String model, DenoiserArchitecture denoiser, Remark remark) {
        Map<String, Long> dimensions = new HashMap<>();
        dimensions.put("batch", 1L);
        dimensions.put("height", (long) denoiser.sizes().height());
        dimensions.put("width", (long) denoiser.sizes().width());
        denoiser.frames().ifPresent(frames -> dimensions.put("frames", (long) frames.usual()));
        if (denoiser.conditioned() instanceof Conditioned.OnCaptions captions) {
            List<Conditioned.Text> texts = captions.texts();
            for (int i = 0; i < texts.size(); i++) {
                dimensions.put(i == 0 ? "tokens" : "tokens_" + (i + 1), (long)
                        texts.get(i).tokens());
            }
        }
        return new PublishedArchitecture(model, denoiser, dimensions, remark);
    }

    /**
     * Emits the graph without weights and counts it.
     *
     * @throws IllegalStateException when our own graph cannot be counted
     */
    ArchitectureRow count() {
        GraphBuilder graph = Emission.blueprint(architecture);
        return ArchitectureRow.of(
                model, graph.parameters() - positions(), census(graph).macs().total(), remark);
    }

    /** What the graph reads from files: DiffuSSM's spectra too, but not the state spaces that they follow from. */
    StoredWeights weights() {
        return census(Emission.blueprint(architecture)).weights();
    }

    private long positions() {
        return Emission.keys(architecture).stream()
                .filter(key -> key.name().equals(POSITIONS))
                .mapToLong(key -> key.elements())
                .sum();
    }

    private GraphCensus census(GraphBuilder graph) {
        try {
            return GraphCensus.of(graph.toBytes(), dimensions);
        } catch (CensusException e) {
            throw new IllegalStateException("the graph of " + model + " cannot be counted: " + e.getMessage(), e);
        }
    }
}
