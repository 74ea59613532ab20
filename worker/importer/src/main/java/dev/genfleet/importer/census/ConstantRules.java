package dev.genfleet.importer.census;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Operators that make numbers: constants, shapes, ranges, casts. */
final class ConstantRules {

    static final Map<Operator, ShapeRule> TABLE = Map.of(
            Operator.onnx("Constant"), ShapeRule.one(ConstantRules::constant),
            Operator.onnx("ConstantOfShape"), ShapeRule.one(ConstantRules::filled),
            Operator.onnx("Shape"), ShapeRule.one(ConstantRules::shape),
            Operator.onnx("Size"),
                    ShapeRule.one(node -> Inferred.known(ElementTypes.INT64, List.of(), List.of((double)
                            node.input(0).elements()))),
            Operator.onnx("Range"), ShapeRule.one(ConstantRules::range),
            Operator.onnx("Cast"), ShapeRule.one(ConstantRules::cast));

    private ConstantRules() {}

    private static Inferred constant(NodeView node) {
        if (node.proto().getAttributeCount() != 1) {
            throw new Uncountable("holds " + node.proto().getAttributeCount() + " values, but must hold one");
        }
        AttributeProto value = node.proto().getAttribute(0);
        return switch (value.getName()) {
            case "value" -> TensorNumbers.inferred(value.getT());
            case "value_int" -> Inferred.known(ElementTypes.INT64, List.of(), List.of((double) value.getI()));
            case "value_ints" -> Inferred.vector(value.getIntsList());
            case "value_float" -> Inferred.known(ElementTypes.FLOAT, List.of(), List.of((double) value.getF()));
            case "value_floats" ->
                Inferred.known(
                        ElementTypes.FLOAT,
                        List.of((long) value.getFloatsCount()),
                        value.getFloatsList().stream().map(Float::doubleValue).toList());
            default -> throw new Uncountable("holds " + value.getName() + ", but only numbers are known");
        };
    }

    private static Inferred filled(NodeView node) {
        Inferred value = node.attribute("value")
                .map(given -> TensorNumbers.inferred(given.getT()))
                .orElseGet(() -> Inferred.known(ElementTypes.FLOAT, List.of(1L), List.of(0.0)));
        List<Long> shape = node.longs(0);
        long elements = Inferred.elements(shape);
        return value.numbers().isPresent() && elements >= 0 && elements <= Inferred.MOST_NUMBERS
                ? Inferred.known(
                        value.type(),
                        shape,
                        Collections.nCopies(
                                (int) elements, value.numbers().get().getFirst()))
                : Inferred.of(value.type(), shape);
    }

    private static Inferred shape(NodeView node) {
        List<Long> shape = node.input(0).shape();
        int from = bound(node.number("start", 0), shape.size());
        int to = bound(node.number("end", shape.size()), shape.size());
        return Inferred.vector(shape.subList(Math.min(from, to), to));
    }

    private static int bound(long position, int rank) {
        return Math.clamp(position < 0 ? position + rank : position, 0, rank);
    }

    private static Inferred range(NodeView node) {
        List<Double> bounds = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Inferred bound = node.input(i);
            if (bound.numbers().isEmpty()) {
                node.longs(i);
            }
            bounds.add(bound.numbers().orElseThrow().getFirst());
        }
        double step = bounds.get(2);
        if (step == 0) {
            throw new Uncountable("counts in steps of zero");
        }
        long count = (long) Math.max(0, Math.ceil((bounds.get(1) - bounds.get(0)) / step));
        int type = node.input(0).type();
        return count > Inferred.MOST_NUMBERS
                ? Inferred.of(type, List.of(count))
                : Inferred.known(
                        type,
                        List.of(count),
                        LongStream.range(0, count)
                                .mapToObj(i -> bounds.get(0) + i * step)
                                .toList());
    }

    private static Inferred cast(NodeView node) {
        int type = (int) node.number("to");
        Inferred x = node.input(0);
        return x.numbers()
                .map(numbers -> Inferred.known(
                        type,
                        x.shape(),
                        numbers.stream().map(number -> converted(number, type)).toList()))
                .orElseGet(() -> Inferred.of(type, x.shape()));
    }

    private static double converted(double number, int type) {
        if (ElementTypes.isFloat(type)) {
            return number;
        }
        if (type == ElementTypes.BOOL) {
            return number == 0 ? 0 : 1;
        }
        return (double) (long) number;
    }
}
