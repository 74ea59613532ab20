package dev.genfleet.importer.precision;

import dev.genfleet.importer.onnx.Graph;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes graphs in other forms, as packages hold them. */
public final class Forms {

    private Forms() {}

    /** Writes a form into a new folder; the model's file is returned. */
    public static Path write(Path folder, Graph graph, GraphForm form) throws IOException {
        return write(folder, form.apply(graph).graph());
    }

    /** Writes a graph into a new folder; the model's file is returned. */
    public static Path write(Path folder, Graph graph) throws IOException {
        Files.createDirectories(folder);
        ModelFile file = new ModelFile(graph);
        for (Map.Entry<Path, String> weights : file.weightFiles().entrySet()) {
            Files.createLink(folder.resolve(weights.getValue()), weights.getKey());
        }
        if (file.hasDerived()) {
            file.writeDerived(folder.resolve(GraphBuilder.DERIVED_FILE));
        }
        return Files.write(folder.resolve("model.onnx"), file.toBytes());
    }
}
