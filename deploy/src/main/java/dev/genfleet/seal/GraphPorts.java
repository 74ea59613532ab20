package dev.genfleet.seal;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Inputs and outputs of a graph as ONNX Runtime sees them.
 *
 * @param file of the graph, relative to the package
 * @param inputs by name
 * @param outputs by name
 */
record GraphPorts(String file, Map<String, TensorInfo> inputs, Map<String, TensorInfo> outputs) {

    static GraphPorts open(Path folder, String file) throws SealException {
        Path path = folder.resolve(file).normalize();
        if (!path.startsWith(folder.normalize())) {
            throw new SealException(file + " lies outside the package");
        }
        if (!Files.isRegularFile(path)) {
            throw new SealException(file + " is named in model.json, but is not in the package");
        }
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
            try (OrtSession session = OrtEnvironment.getEnvironment().createSession(path.toString(), options)) {
                return new GraphPorts(file, tensors(session.getInputInfo()), tensors(session.getOutputInfo()));
            }
        } catch (OrtException e) {
            throw new SealException(file + " cannot be loaded by ONNX Runtime: " + e.getMessage(), e);
        }
    }

    /** What is wrong when the graph should have exactly these inputs and at least these outputs. */
    Set<String> mistakes(Set<String> expectedInputs, Set<String> expectedOutputs) {
        Set<String> mistakes = new TreeSet<>();
        for (String name : expectedInputs) {
            if (!inputs.containsKey(name)) {
                mistakes.add(file + " has no input " + name + ", which model.json names; it has " + shown(inputs));
            }
        }
        for (String name : inputs.keySet()) {
            if (!expectedInputs.contains(name)) {
                mistakes.add(file + " has an input " + name + ", which model.json does not name");
            }
        }
        for (String name : expectedOutputs) {
            if (!outputs.containsKey(name)) {
                mistakes.add(file + " has no output " + name + ", which model.json names; it has " + shown(outputs));
            }
        }
        return mistakes;
    }

    /** Inputs and outputs in words. */
    String describe() {
        return file + ": " + shown(inputs) + " → " + shown(outputs);
    }

    /** Length of a dimension, -1 where the caller decides or the port is not there. */
    static long side(Map<String, TensorInfo> ports, String name, int dimension) {
        TensorInfo info = ports.get(name);
        return info == null || info.getShape().length <= dimension ? -1 : info.getShape()[dimension];
    }

    private static Map<String, TensorInfo> tensors(Map<String, NodeInfo> ports) {
        Map<String, TensorInfo> tensors = new TreeMap<>();
        ports.forEach((name, port) -> {
            if (port.getInfo() instanceof TensorInfo tensor) {
                tensors.put(name, tensor);
            }
        });
        return tensors;
    }

    private static String shown(Map<String, TensorInfo> ports) {
        return ports.entrySet().stream()
                .map(port ->
                        port.getKey() + " " + port.getValue().type.toString().toLowerCase(java.util.Locale.ROOT)
                                + Arrays.stream(port.getValue().getShape())
                                        .mapToObj(side -> side < 0 ? "any" : Long.toString(side))
                                        .collect(Collectors.joining(", ", "[", "]")))
                .collect(Collectors.joining(", "));
    }
}
