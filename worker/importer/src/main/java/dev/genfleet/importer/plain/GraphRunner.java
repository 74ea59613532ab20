package dev.genfleet.importer.plain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A runtime for graphs. */
@FunctionalInterface
public interface GraphRunner {

    /**
     * Runs a graph once.
     *
     * @param model the graph's file; its weights lie beside it
     * @param inputs by name; each is given to the graph in the type that it declares, whole numbers or floats
     * @return all outputs by name
     * @throws IOException when the graph cannot be loaded or run; one sentence says why
     */
    Map<String, PlainTensor> run(Path model, Map<String, PlainTensor> inputs) throws IOException;
}
