package dev.genfleet.importer.diffussm;

import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts graphs and what was derived for them beside a checkpoint. */
final class Emitted {

    private Emitted() {}

    /** Writes into the folder of the checkpoint, which must be called {@code model.safetensors}; returns the graph. */
    static Path write(Path folder, GraphBuilder graph) throws IOException {
        if (new ModelFile(graph.finish()).hasDerived()) {
            new ModelFile(graph.finish()).writeDerived(folder.resolve(GraphBuilder.DERIVED_FILE));
        }
        return Files.write(folder.resolve("model.onnx"), graph.toBytes());
    }
}
