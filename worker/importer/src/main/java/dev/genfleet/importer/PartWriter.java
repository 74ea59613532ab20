package dev.genfleet.importer;

import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.family.Architecture;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.ModelFile;
import dev.genfleet.importer.precision.FormedGraph;
import dev.genfleet.importer.precision.GraphForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Writes graphs with their weights into a package. */
final class PartWriter {

    private final WeightPlacement wished;
    private WeightPlacement placement;

    PartWriter(WeightPlacement wished) {
        this.wished = wished;
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
                bytes.length);
    }

    /** How the weights came into the package so far: a copy where one of them was copied. */
    WeightPlacement placement() {
        return placement;
    }
}
