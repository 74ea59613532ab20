package dev.genfleet.importer.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A finished graph, to be written by a {@link ModelFile} or rewritten into another one.
 *
 * @param name of the graph
 * @param opset version of ONNX's own operators
 * @param inputs what callers give
 * @param outputs what callers get
 * @param nodes in execution order
 * @param initialisers by name, in the order in which they were added
 * @param fullPrecision outputs of nodes that need 32-bit floats whatever the precision of the others
 * @param parameters numbers in all weights
 */
public record Graph(
        String name,
        long opset,
        List<ValueInfoProto> inputs,
        List<ValueInfoProto> outputs,
        List<NodeProto> nodes,
        Map<String, Initialiser> initialisers,
        Set<String> fullPrecision,
        long parameters) {

    public Graph {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        nodes = List.copyOf(nodes);
        initialisers = Collections.unmodifiableMap(new LinkedHashMap<>(initialisers));
        fullPrecision = Set.copyOf(fullPrecision);
    }

    /** Without nodes and initialisers that no output depends on. */
    public Graph pruned() {
        Set<String> needed = new HashSet<>();
        outputs.forEach(output -> needed.add(output.getName()));
        List<NodeProto> kept = new ArrayList<>();
        for (NodeProto node : nodes.reversed()) {
            if (node.getOutputList().stream().anyMatch(needed::contains)) {
                needed.addAll(node.getInputList());
                kept.add(node);
            }
        }
        Map<String, Initialiser> held = new LinkedHashMap<>(initialisers);
        held.keySet().retainAll(needed);
        return new Graph(name, opset, inputs, outputs, kept.reversed(), held, fullPrecision, parameters);
    }

    /** Whether a node's results need 32-bit floats. */
    public boolean needsFullPrecision(NodeProto node) {
        return node.getOutputList().stream().anyMatch(fullPrecision::contains);
    }
}
