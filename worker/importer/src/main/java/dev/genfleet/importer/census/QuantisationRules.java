package dev.genfleet.importer.census;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Map;

/** Operators between floats and quantised numbers. */
final class QuantisationRules {

    static final Map<Operator, ShapeRule> TABLE = Map.of(
            Operator.onnx("QuantizeLinear"), ShapeRule.one(QuantisationRules::quantised),
            Operator.onnx("DequantizeLinear"),
                    ShapeRule.one(node ->
                            Inferred.of(node.input(1).type(), node.input(0).shape())),
            Operator.onnx("DynamicQuantizeLinear"), QuantisationRules::dynamic);

    /** Inputs that are scales, zero points and the like: they describe weights and are none. */
    private static final Map<Operator, List<Integer>> DESCRIPTIONS = Operator.merged(
            Map.of(
                    Operator.onnx("QuantizeLinear"), List.of(1, 2),
                    Operator.onnx("DequantizeLinear"), List.of(1, 2),
                    Operator.onnx("MatMulInteger"), List.of(2, 3),
                    Operator.onnx("ConvInteger"), List.of(2, 3),
                    Operator.onnx("QLinearMatMul"), List.of(1, 2, 4, 5, 6, 7),
                    Operator.onnx("QLinearConv"), List.of(1, 2, 4, 5, 6, 7)),
            Map.of(
                    Operator.ort("DynamicQuantizeMatMul"), List.of(2, 3),
                    Operator.ort("MatMulIntegerToFloat"), List.of(2, 3, 4, 5),
                    Operator.ort("MatMulNBits"), List.of(2, 3, 4)));

    private QuantisationRules() {}

    static List<String> descriptions(NodeProto node) {
        return DESCRIPTIONS.getOrDefault(Operator.of(node), List.of()).stream()
                .filter(input -> input < node.getInputCount())
                .map(node::getInput)
                .toList();
    }

    private static Inferred quantised(NodeView node) {
        int type = node.has(2) ? node.input(2).type() : (int) node.number("output_dtype", ElementTypes.UINT8);
        return Inferred.of(type == 0 ? ElementTypes.UINT8 : type, node.input(0).shape());
    }

    private static List<Inferred> dynamic(NodeView node) {
        return List.of(
                Inferred.of(ElementTypes.UINT8, node.input(0).shape()),
                Inferred.of(ElementTypes.FLOAT, List.of()),
                Inferred.of(ElementTypes.UINT8, List.of()));
    }
}
