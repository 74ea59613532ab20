package dev.genfleet.importer.precision;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.genfleet.importer.onnx.Graph;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Which values of a graph are 32-bit floats, from the types of inputs and initialisers and what operators make of them. */
final class ElementTypes {

    private static final Set<String> WHOLE = Set.of("Shape", "Size", "ArgMax", "ArgMin", "NonZero");
    private static final Set<String> TRUTH = Set.of(
            "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Not", "And", "Or", "Xor", "IsNaN", "IsInf");

    private final Map<String, Integer> types = new HashMap<>();

    ElementTypes(Graph graph) {
        for (ValueInfoProto input : graph.inputs()) {
            types.put(input.getName(), input.getType().getTensorType().getElemType());
        }
        graph.initialisers().forEach((name, initialiser) -> types.put(name, initialiser.onnxType()));
        for (NodeProto node : graph.nodes()) {
            int type = type(node);
            node.getOutputList().forEach(output -> types.put(output, type));
        }
    }

    /** Whether a value is a 32-bit float. */
    boolean isFloat(String value) {
        return types.getOrDefault(value, TensorProto.DataType.UNDEFINED_VALUE) == TensorProto.DataType.FLOAT_VALUE;
    }

    private int type(NodeProto node) {
        String operator = node.getOpType();
        if (WHOLE.contains(operator)) {
            return TensorProto.DataType.INT64_VALUE;
        }
        if (TRUTH.contains(operator)) {
            return TensorProto.DataType.BOOL_VALUE;
        }
        return switch (operator) {
            case "Cast" -> (int) Rewriting.integer(node, "to", 0);
            case "Where" -> known(node.getInput(1));
            case "ConstantOfShape" ->
                Rewriting.attribute(node, "value")
                        .map(value -> value.getT().getDataType())
                        .orElse(TensorProto.DataType.FLOAT_VALUE);
            default -> node.getInputCount() == 0 ? TensorProto.DataType.UNDEFINED_VALUE : known(node.getInput(0));
        };
    }

    private int known(String value) {
        Integer type = types.get(value);
        if (type == null) {
            throw new IllegalStateException("nothing in the graph gives " + value);
        }
        return type;
    }
}
