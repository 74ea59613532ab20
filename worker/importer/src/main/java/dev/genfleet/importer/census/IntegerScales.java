package dev.genfleet.importer.census;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashSet;
import java.util.Set;

/**
 * Scales of weights in products of whole numbers, which ONNX writes out: quantise, multiply, cast to float, multiply by the
 * scales of both sides. What is multiplied with such a cast, or with the scale that a quantisation found, is a scale.
 */
final class IntegerScales {

    private static final Set<Operator> INTEGER_PRODUCTS =
            Set.of(Operator.onnx("MatMulInteger"), Operator.onnx("ConvInteger"));

    private final GraphProto graph;
    private final Set<String> sums = new HashSet<>();
    private final Set<String> scaled = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    IntegerScales(GraphProto graph) {
        this.graph = graph;
        graph.getNodeList().forEach(this::follow);
    }

    /** Names of everything that such a scale is; most are initialisers. */
    Set<String> names() {
        Set<String> initialisers = new HashSet<>();
        graph.getInitializerList().forEach(tensor -> initialisers.add(tensor.getName()));
        initialisers.retainAll(names);
        return initialisers;
    }

    private void follow(NodeProto node) {
        Operator operator = Operator.of(node);
        if (INTEGER_PRODUCTS.contains(operator)) {
            sums.addAll(node.getOutputList());
        } else if (operator.equals(Operator.onnx("Cast")) && sums.contains(node.getInput(0))) {
            scaled.addAll(node.getOutputList());
        } else if (operator.equals(Operator.onnx("DynamicQuantizeLinear")) && node.getOutputCount() > 1) {
            scaled.add(node.getOutput(1));
        } else if (operator.equals(Operator.onnx("Mul"))
                && node.getInputList().stream().anyMatch(scaled::contains)) {
            names.addAll(node.getInputList());
        }
    }
}
