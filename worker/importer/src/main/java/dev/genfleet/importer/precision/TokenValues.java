package dev.genfleet.importer.precision;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.genfleet.importer.onnx.Graph;
import java.util.HashSet;
import java.util.Set;

/**
 * Which values of a graph have a row for every token, and which only one for every sample: the former depend on latents, token
 * vectors or token numbers, the latter on timesteps, classes and other numbers of a sample alone.
 */
final class TokenValues {

    private static final int SMALLEST_RANK_OF_FLOATS = 3;

    private final Set<String> values = new HashSet<>();

    TokenValues(Graph graph) {
        for (ValueInfoProto input : graph.inputs()) {
            var type = input.getType().getTensorType();
            boolean numbers = type.getElemType() != TensorProto.DataType.FLOAT_VALUE;
            if (type.getShape().getDimCount() >= (numbers ? 2 : SMALLEST_RANK_OF_FLOATS)) {
                values.add(input.getName());
            }
        }
        for (NodeProto node : graph.nodes()) {
            if (node.getInputList().stream().anyMatch(values::contains)) {
                values.addAll(node.getOutputList());
            }
        }
    }

    boolean contains(String value) {
        return values.contains(value);
    }
}
