package dev.genfleet.importer.census;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/** Goes through a graph once, in its order, and infers every tensor; one use. */
final class ShapeInterpreter {

    private final GraphProto graph;
    private final Map<String, Long> dimensions;
    private final Map<String, Inferred> values = new LinkedHashMap<>();
    private final Set<String> constants = new HashSet<>();
    private Macs macs = Macs.NONE;

    ShapeInterpreter(GraphProto graph, Map<String, Long> dimensions) {
        this.graph = graph;
        this.dimensions = Map.copyOf(dimensions);
    }

    void run() throws CensusException {
        for (TensorProto tensor : graph.getInitializerList()) {
            values.put(
                    tensor.getName(),
                    tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL
                            ? Inferred.of(tensor.getDataType(), tensor.getDimsList())
                            : TensorNumbers.inferred(tensor));
            constants.add(tensor.getName());
        }
        for (ValueInfoProto input : graph.getInputList()) {
            if (!constants.contains(input.getName())) {
                values.put(input.getName(), PortReader.input(input, dimensions));
            }
        }
        for (NodeProto node : graph.getNodeList()) {
            try {
                apply(node);
            } catch (Uncountable
                    | ArithmeticException
                    | IndexOutOfBoundsException
                    | NoSuchElementException
                    | IllegalArgumentException e) {
                throw new CensusException(
                        "node " + (node.getName().isEmpty() ? "without a name" : node.getName()) + " ("
                                + Operator.of(node) + ") " + reason(e),
                        e);
            }
        }
    }

    Macs macs() {
        return macs;
    }

    /** Everything that was inferred, by name. */
    Map<String, Inferred> values() {
        return values;
    }

    private void apply(NodeProto proto) {
        ShapeRule rule = Optional.ofNullable(Rules.SHAPES.get(Operator.of(proto)))
                .orElseThrow(() -> new Uncountable("is of an operator that is not known here"));
        NodeView node = view(proto);
        List<Inferred> results = rule.outputs(node);
        if (proto.getOutputCount() > results.size()) {
            throw new Uncountable("has " + proto.getOutputCount() + " outputs, but " + results.size() + " are known");
        }
        macs = macs.plus(Rules.macs(node, results.getFirst()));
        boolean constant = node.constants().stream().allMatch(known -> known);
        for (int i = 0; i < proto.getOutputCount(); i++) {
            if (proto.getOutput(i).isEmpty()) {
                continue;
            }
            values.put(proto.getOutput(i), results.get(i));
            if (constant) {
                constants.add(proto.getOutput(i));
            }
        }
    }

    private NodeView view(NodeProto proto) {
        List<Optional<Inferred>> inputs = new ArrayList<>();
        List<Boolean> constant = new ArrayList<>();
        for (String name : proto.getInputList()) {
            if (!name.isEmpty() && !values.containsKey(name)) {
                throw new Uncountable("reads " + name + ", which nothing before it makes");
            }
            inputs.add(Optional.ofNullable(values.get(name)));
            constant.add(name.isEmpty() || constants.contains(name));
        }
        return new NodeView(proto, inputs, constant);
    }

    private static String reason(RuntimeException e) {
        return switch (e) {
            case ArithmeticException tooLarge -> "counts more than 2^63";
            case Uncountable told -> told.getMessage();
            default -> "has fewer dimensions or numbers than its operator needs";
        };
    }
}
