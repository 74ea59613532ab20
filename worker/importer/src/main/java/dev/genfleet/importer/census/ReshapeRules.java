package dev.genfleet.importer.census;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Operators that keep the numbers in their order and give them other dimensions. */
final class ReshapeRules {

    static final Map<Operator, ShapeRule> TABLE = Map.of(
            Operator.onnx("Reshape"), ShapeRule.one(ReshapeRules::reshaped),
            Operator.onnx("Flatten"), ShapeRule.one(ReshapeRules::flattened),
            Operator.onnx("Squeeze"), ShapeRule.one(ReshapeRules::squeezed),
            Operator.onnx("Unsqueeze"), ShapeRule.one(ReshapeRules::unsqueezed));

    private ReshapeRules() {}

    private static Inferred reshaped(NodeView node) {
        Inferred x = node.input(0);
        List<Long> wanted = node.longs(1);
        boolean copies = node.number("allowzero", 0) == 0;
        List<Long> shape = new ArrayList<>();
        int open = -1;
        for (int i = 0; i < wanted.size(); i++) {
            long side = wanted.get(i);
            if (side == -1) {
                if (open >= 0) {
                    throw new Uncountable("leaves two sides of " + wanted + " open");
                }
                open = i;
            }
            shape.add(side == -1 ? 1 : side == 0 && copies ? x.side(i) : side);
        }
        if (open >= 0) {
            long rest = Inferred.elements(shape);
            shape.set(open, rest == 0 ? 0 : x.elements() / rest);
        }
        if (Inferred.elements(shape) != x.elements()) {
            throw new Uncountable("reshapes " + x.shape() + " to " + wanted);
        }
        return x.withShape(shape);
    }

    private static Inferred flattened(NodeView node) {
        Inferred x = node.input(0);
        long given = node.number("axis", 1);
        int axis = Math.clamp(given < 0 ? given + x.rank() : given, 0, x.rank());
        long outer = Inferred.elements(x.shape().subList(0, axis));
        return x.withShape(List.of(outer, Inferred.elements(x.shape().subList(axis, x.rank()))));
    }

    private static Inferred squeezed(NodeView node) {
        Inferred x = node.input(0);
        Optional<List<Integer>> axes = node.longs(1, "axes")
                .map(given ->
                        given.stream().map(axis -> Axes.of(axis, x.rank())).toList());
        List<Long> shape = new ArrayList<>();
        for (int i = 0; i < x.rank(); i++) {
            int axis = i;
            if (!axes.map(listed -> listed.contains(axis)).orElse(x.shape().get(axis) == 1)) {
                shape.add(x.shape().get(axis));
            }
        }
        return x.withShape(shape);
    }

    private static Inferred unsqueezed(NodeView node) {
        Inferred x = node.input(0);
        List<Long> given = node.longs(1, "axes").orElseThrow(() -> new Uncountable("names no axes"));
        int rank = x.rank() + given.size();
        List<Integer> axes =
                given.stream().map(axis -> Axes.of(axis, rank)).sorted().collect(Collectors.toList());
        List<Long> shape = new ArrayList<>(x.shape());
        for (int axis : axes) {
            if (axis > shape.size()) {
                throw new Uncountable("adds axes " + given + " to shape " + x.shape());
            }
            shape.add(axis, 1L);
        }
        return x.withShape(shape);
    }
}
