package dev.genfleet.importer.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.family.Architecture;
import dev.genfleet.importer.family.Emission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Text encoders in files and in the runtime, for tests. */
record TextGraphs(Path folder) {

    /** A golden folder's weights, copied to where a graph may lie beside them. */
    Checkpoint golden(String name) throws Exception {
        Path file = Files.createTempDirectory(folder, name).resolve("model.safetensors");
        return Safetensors.open(Files.copy(Golden.path(name + "/model.safetensors"), file));
    }

    static JsonNode config(String name) throws Exception {
        return new JsonMapper().readTree(Golden.path(name + "/config.json").toFile());
    }

    /** The same tensors by key, to be changed. */
    static Map<String, Tensor> tensors(String name) throws Exception {
        Golden golden = Golden.open(name + "/model.safetensors");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (var stored : golden.values().tensors()) {
            tensors.put(stored.name(), golden.tensor(stored.name()));
        }
        return tensors;
    }

    Checkpoint write(Map<String, Tensor> tensors) throws Exception {
        Path file = Files.createTempDirectory(folder, "weights").resolve("model.safetensors");
        return Safetensors.open(SafetensorsWriter.write(file, tensors, DataType.F32));
    }

    static OrtGraph emit(Architecture architecture, Checkpoint checkpoint, int threads) throws Exception {
        byte[] graph = Emission.graph(architecture, checkpoint).toBytes();
        Path model = Files.createTempFile(checkpoint.file().getParent(), "graph", ".onnx");
        return new OrtGraph(Files.write(model, graph), threads);
    }
}
