package dev.genfleet.importer.plain;

import ai.onnxruntime.OrtException;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Graphs in a real ONNX Runtime. */
final class OrtRunner implements GraphRunner {

    @Override
    public Map<String, PlainTensor> run(Path model, Map<String, PlainTensor> inputs) throws IOException {
        Map<String, Tensor> fed = new TreeMap<>();
        inputs.forEach((name, input) -> fed.put(name, Numbers.floats(input)));
        Map<String, PlainTensor> outputs = new TreeMap<>();
        try (OrtGraph graph = new OrtGraph(model)) {
            graph.runAll(fed).forEach((name, output) -> outputs.put(name, Numbers.of(output)));
            return outputs;
        } catch (OrtException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
