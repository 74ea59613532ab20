package dev.genfleet.importer.gentron;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.ModelFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Graphs of GenTrons in folders of their own, with their weights beside them. */
final class Emitted {

    private Emitted() {}

    /** The graph of a golden model, changed by {@code option} after it is read. */
    static Path golden(Path parent, String name, UnaryOperator<GentronArchitecture> option) throws Exception {
        Path weights = Files.createTempDirectory(parent, name).resolve("model.safetensors");
        Files.copy(Golden.path(name + "/model.safetensors"), weights);
        Checkpoint checkpoint = Safetensors.open(weights);
        GentronArchitecture read = new GentronFamily()
                .read(
                        checkpoint,
                        new JsonMapper()
                                .readTree(Golden.path(name + "/config.json").toFile()));
        return graph(option.apply(read), checkpoint);
    }

    /** The graph over a checkpoint, beside it. */
    static Path graph(GentronArchitecture architecture, Checkpoint checkpoint) throws Exception {
        GraphBuilder graph = Emission.graph(architecture, checkpoint);
        Path folder = checkpoint.file().resolveSibling("");
        if (new ModelFile(graph.finish()).hasDerived()) {
            new ModelFile(graph.finish()).writeDerived(checkpoint.file().resolveSibling(GraphBuilder.DERIVED_FILE));
        }
        return Files.write(folder.resolve("model.onnx"), graph.toBytes());
    }
}
