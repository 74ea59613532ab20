package dev.genfleet.importer.census;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** Reductions; those over a whole list of known numbers know their result. */
final class ReduceRules {

    static final Map<Operator, ShapeRule> TABLE = Operator.merged(
            Operator.all(
                    ShapeRule.one(node -> reduced(node).shapeOnly()),
                    "ReduceMean",
                    "ReduceL1",
                    "ReduceL2",
                    "ReduceSumSquare",
                    "ReduceLogSumExp"),
            Map.of(
                    Operator.onnx("ReduceSum"), folding(Double::sum),
                    Operator.onnx("ReduceMax"), folding(Math::max),
                    Operator.onnx("ReduceMin"), folding(Math::min),
                    Operator.onnx("ReduceProd"), folding((a, b) -> a * b)),
            Operator.all(ShapeRule.one(ReduceRules::position), "ArgMax", "ArgMin"));

    /** What is reduced, over which axes, to what. */
    private record Reduction(Inferred x, Set<Integer> axes, List<Long> shape) {

        Inferred shapeOnly() {
            return Inferred.of(x.type(), shape);
        }
    }

    private ReduceRules() {}

    private static Reduction reduced(NodeView node) {
        Inferred x = node.input(0);
        List<Long> given = node.longs(1, "axes").orElse(List.of());
        Set<Integer> axes = new HashSet<>();
        given.forEach(axis -> axes.add(Axes.of(axis, x.rank())));
        if (given.isEmpty() && node.number("noop_with_empty_axes", 0) == 0) {
            IntStream.range(0, x.rank()).forEach(axes::add);
        }
        return new Reduction(x, axes, without(x.shape(), axes, node.number("keepdims", 1) != 0));
    }

    private static ShapeRule folding(DoubleBinaryOperator function) {
        return ShapeRule.one(node -> {
            Reduction reduction = reduced(node);
            if (reduction.axes().size() < reduction.x().rank()) {
                return reduction.shapeOnly();
            }
            return reduction
                    .x()
                    .numbers()
                    .filter(numbers -> !numbers.isEmpty())
                    .map(numbers -> Inferred.known(
                            reduction.x().type(),
                            reduction.shape(),
                            List.of(numbers.stream()
                                    .reduce(function::applyAsDouble)
                                    .orElseThrow())))
                    .orElseGet(reduction::shapeOnly);
        });
    }

    private static Inferred position(NodeView node) {
        Inferred x = node.input(0);
        Set<Integer> axis = Set.of(Axes.of(node.number("axis", 0), x.rank()));
        return Inferred.of(ElementTypes.INT64, without(x.shape(), axis, node.number("keepdims", 1) != 0));
    }

    private static List<Long> without(List<Long> shape, Set<Integer> axes, boolean kept) {
        List<Long> result = new ArrayList<>();
        for (int i = 0; i < shape.size(); i++) {
            if (!axes.contains(i)) {
                result.add(shape.get(i));
            } else if (kept) {
                result.add(1L);
            }
        }
        return result;
    }
}
