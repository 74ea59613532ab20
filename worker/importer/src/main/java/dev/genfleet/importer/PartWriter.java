package dev.genfleet.importer;

import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.family.Architecture;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.ModelFile;
import dev.genfleet.importer.plain.GraphCheck;
import dev.genfleet.importer.plain.GraphDifference;
import dev.genfleet.importer.plain.GraphRunner;
import dev.genfleet.importer.precision.FormedGraph;
import dev.genfleet.importer.precision.GraphForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes graphs with their weights into a package. */
final class PartWriter {

    private final WeightPlacement wished;
    private final Optional<GraphRunner> runner;
    private WeightPlacement placement;

    /** Writes, and where there is a runtime also compares what it wrote with a plain reading of the checkpoint. */
    PartWriter(WeightPlacement wished, Optional<GraphRunner> runner) {
        this.wished = wished;
        this.runner = runner;
        this.placement = wished;
    }

    /** Writes one graph into {@code folder}, such as {@code transformer/}. */
    ImportSummary.Part write(
            PackageDraft draft,
            String folder,
            Architecture architecture,
            Checkpoint checkpoint,
            GraphForm form,
            WeightReading reading)
            throws CheckpointException, IOException {
        FormedGraph formed = form.apply(Emission.graph(architecture, checkpoint).finish());
        formed.warnings().forEach(reading::warn);
        ModelFile model = new ModelFile(formed.graph());
        byte[] bytes = model.toBytes();
        draft.write(folder + PackageDraft.GRAPH, bytes);
        for (Map.Entry<Path, String> weights : model.weightFiles().entrySet()) {
            if (draft.place(weights.getKey(), folder + weights.getValue(), wished) == WeightPlacement.COPY) {
                placement = WeightPlacement.COPY;
            }
        }
        if (model.hasDerived()) {
            model.writeDerived(draft.make(folder + GraphBuilder.DERIVED_FILE));
        }
        return new ImportSummary.Part(
                folder.substring(0, folder.length() - 1),
                architecture.describe(),
                model.parameters(),
                model.weightBytes(),
                bytes.length,
                check(architecture, checkpoint, draft.folder().resolve(folder + PackageDraft.GRAPH)));
    }

    private List<GraphDifference> check(Architecture architecture, Checkpoint checkpoint, Path graph)
            throws CheckpointException, IOException {
        return runner.isPresent() ? new GraphCheck(runner.get()).compare(architecture, checkpoint, graph) : List.of();
    }

    /** How the weights came into the package so far: a copy where one of them was copied. */
    WeightPlacement placement() {
        return placement;
    }
}
