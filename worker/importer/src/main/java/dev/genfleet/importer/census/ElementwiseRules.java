package dev.genfleet.importer.census;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Operators on single elements, with broadcasting; those that shape arithmetic uses also know their numbers. */
final class ElementwiseRules {

    static final Map<Operator, ShapeRule> TABLE = Operator.merged(
            Operator.all(
                    ShapeRule.one(ElementwiseRules::alike),
                    "Exp",
                    "Log",
                    "Tanh",
                    "Erf",
                    "Sigmoid",
                    "Cos",
                    "Sin",
                    "Relu",
                    "Softmax",
                    "LogSoftmax",
                    "Gelu",
                    "Clip",
                    "Reciprocal",
                    "Softplus",
                    "HardSigmoid",
                    "LeakyRelu",
                    "Elu",
                    "Trilu",
                    "CumSum",
                    "ScatterND"),
            Operator.all(ShapeRule.one(node -> node.input(0)), "Identity"),
            Map.of(
                    Operator.ort("FastGelu"), ShapeRule.one(ElementwiseRules::alike),
                    Operator.ort("Gelu"), ShapeRule.one(ElementwiseRules::alike),
                    Operator.ort("BiasGelu"), ShapeRule.one(ElementwiseRules::alike),
                    Operator.ort("QuickGelu"), ShapeRule.one(ElementwiseRules::alike)),
            Map.of(
                    Operator.onnx("Sqrt"), unary(Math::sqrt),
                    Operator.onnx("Neg"), unary(x -> 0 - x),
                    Operator.onnx("Abs"), unary(Math::abs),
                    Operator.onnx("Floor"), unary(Math::floor),
                    Operator.onnx("Ceil"), unary(Math::ceil),
                    Operator.onnx("Round"), unary(Math::rint),
                    Operator.onnx("Sign"), unary(Math::signum),
                    Operator.onnx("Not"), unary(x -> x == 0 ? 1 : 0)),
            Map.of(
                    Operator.onnx("Add"), folding(Double::sum),
                    Operator.onnx("Sub"), folding((a, b) -> a - b),
                    Operator.onnx("Mul"), folding((a, b) -> a * b),
                    Operator.onnx("Pow"), folding(Math::pow),
                    Operator.onnx("Min"), folding(Math::min),
                    Operator.onnx("Max"), folding(Math::max),
                    Operator.onnx("Div"), ShapeRule.one(ElementwiseRules::quotient),
                    Operator.onnx("Mod"), ShapeRule.one(ElementwiseRules::remainder)),
            Map.of(
                    Operator.onnx("And"), folding((a, b) -> a != 0 && b != 0 ? 1 : 0),
                    Operator.onnx("Or"), folding((a, b) -> a != 0 || b != 0 ? 1 : 0),
                    Operator.onnx("Equal"), comparing((a, b) -> a == b ? 1 : 0),
                    Operator.onnx("Less"), comparing((a, b) -> a < b ? 1 : 0),
                    Operator.onnx("LessOrEqual"), comparing((a, b) -> a <= b ? 1 : 0),
                    Operator.onnx("Greater"), comparing((a, b) -> a > b ? 1 : 0),
                    Operator.onnx("GreaterOrEqual"), comparing((a, b) -> a >= b ? 1 : 0)),
            Map.of(Operator.onnx("Where"), ShapeRule.one(ElementwiseRules::choice)));

    private ElementwiseRules() {}

    /** The first input's type and shape, numbers unknown. */
    static Inferred alike(NodeView node) {
        return Inferred.of(node.input(0).type(), node.input(0).shape());
    }

    private static ShapeRule unary(DoubleUnaryOperator function) {
        return ShapeRule.one(node -> {
            Inferred x = node.input(0);
            return x.numbers()
                    .map(numbers -> Inferred.known(
                            x.type(),
                            x.shape(),
                            numbers.stream().map(function::applyAsDouble).toList()))
                    .orElse(alike(node));
        });
    }

    private static ShapeRule folding(DoubleBinaryOperator function) {
        return ShapeRule.one(node -> {
            Inferred result = node.input(0);
            for (int i = 1; i < node.inputs().size(); i++) {
                result = binary(node.input(0).type(), result, node.input(i), function);
            }
            return result;
        });
    }

    private static ShapeRule comparing(DoubleBinaryOperator function) {
        return ShapeRule.one(node -> binary(ElementTypes.BOOL, node.input(0), node.input(1), function));
    }

    private static Inferred quotient(NodeView node) {
        int type = node.input(0).type();
        return binary(type, node.input(0), node.input(1), (a, b) -> {
            if (ElementTypes.isFloat(type)) {
                return a / b;
            }
            if (b == 0) {
                throw new Uncountable("divides a whole number by zero");
            }
            long whole = (long) a / (long) b;
            return whole;
        });
    }

    private static Inferred remainder(NodeView node) {
        boolean likeC = node.number("fmod", 0) == 1;
        return binary(
                node.input(0).type(),
                node.input(0),
                node.input(1),
                (a, b) -> likeC ? a % b : a - b * Math.floor(a / b));
    }

    private static Inferred choice(NodeView node) {
        List<Long> shape = Axes.broadcast(
                node.input(0).shape(),
                Axes.broadcast(node.input(1).shape(), node.input(2).shape()));
        int type = node.input(1).type();
        if (node.inputs().stream()
                .anyMatch(input -> input.flatMap(Inferred::numbers).isEmpty())) {
            return Inferred.of(type, shape);
        }
        List<Double> chosen = new ArrayList<>();
        for (int i = 0; i < Inferred.elements(shape); i++) {
            chosen.add(at(node.input(0), shape, i) != 0 ? at(node.input(1), shape, i) : at(node.input(2), shape, i));
        }
        return Inferred.known(type, shape, chosen);
    }

    private static Inferred binary(int type, Inferred a, Inferred b, DoubleBinaryOperator function) {
        List<Long> shape = Axes.broadcast(a.shape(), b.shape());
        Optional<List<Double>> both = a.numbers().flatMap(left -> b.numbers());
        if (both.isEmpty() || Inferred.elements(shape) > Inferred.MOST_NUMBERS) {
            return Inferred.of(type, shape);
        }
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < Inferred.elements(shape); i++) {
            numbers.add(function.applyAsDouble(at(a, shape, i), at(b, shape, i)));
        }
        return Inferred.known(type, shape, numbers);
    }

    private static double at(Inferred x, List<Long> shape, int index) {
        return x.numbers().orElseThrow().get(Axes.source(shape, index, x.shape()));
    }
}
