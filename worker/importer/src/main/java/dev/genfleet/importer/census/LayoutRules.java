package dev.genfleet.importer.census;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** Operators that move, repeat, join and pick numbers. */
final class LayoutRules {

    static final Map<Operator, ShapeRule> TABLE = Map.of(
            Operator.onnx("Transpose"), ShapeRule.one(LayoutRules::transposed),
            Operator.onnx("Concat"), ShapeRule.one(LayoutRules::joined),
            Operator.onnx("Split"), LayoutRules::split,
            Operator.onnx("Slice"), ShapeRule.one(LayoutRules::sliced),
            Operator.onnx("Gather"), ShapeRule.one(LayoutRules::gathered),
            Operator.onnx("GatherElements"),
                    ShapeRule.one(node ->
                            Inferred.of(node.input(0).type(), node.input(1).shape())),
            Operator.onnx("GatherND"), ShapeRule.one(LayoutRules::gatheredByIndex),
            Operator.onnx("Expand"), ShapeRule.one(LayoutRules::expanded),
            Operator.onnx("Tile"), ShapeRule.one(LayoutRules::tiled),
            Operator.onnx("Pad"), ShapeRule.one(LayoutRules::padded));

    private LayoutRules() {}

    private static Inferred transposed(NodeView node) {
        Inferred x = node.input(0);
        List<Long> order = node.list("perm").orElseGet(() -> LongStream.range(0, x.rank())
                .map(i -> x.rank() - 1 - i)
                .boxed()
                .toList());
        if (order.size() != x.rank()) {
            throw new Uncountable("orders the axes of shape " + x.shape() + " as " + order);
        }
        return Moved.to(x, order.stream().map(axis -> x.side(axis.intValue())).toList(), index -> {
            long[] source = new long[index.length];
            for (int i = 0; i < index.length; i++) {
                source[order.get(i).intValue()] = index[i];
            }
            return source;
        });
    }

    private static Inferred joined(NodeView node) {
        Inferred first = node.input(0);
        int axis = Axes.of(node.number("axis"), first.rank());
        long side = 0;
        boolean known = true;
        for (int i = 0; i < node.inputs().size(); i++) {
            Inferred part = node.input(i);
            if (part.rank() != first.rank()
                    || !Axes.replaced(part.shape(), axis, 0).equals(Axes.replaced(first.shape(), axis, 0))) {
                throw new Uncountable("joins shapes " + first.shape() + " and " + part.shape() + " along axis " + axis);
            }
            side += part.side(axis);
            known &= part.numbers().isPresent();
        }
        List<Long> shape = Axes.replaced(first.shape(), axis, side);
        if (!known || first.rank() != 1) {
            return Inferred.of(first.type(), shape);
        }
        List<Double> numbers = new ArrayList<>();
        node.inputs()
                .forEach(part -> numbers.addAll(part.flatMap(Inferred::numbers).orElseThrow()));
        return Inferred.known(first.type(), shape, numbers);
    }

    private static List<Inferred> split(NodeView node) {
        Inferred x = node.input(0);
        int axis = Axes.of(node.number("axis", 0), x.rank());
        List<Long> sides = node.longs(1, "split").orElseGet(() -> {
            long parts = node.number("num_outputs", node.outputs());
            if (parts != node.outputs()) {
                throw new Uncountable("splits into " + parts + " parts, but has " + node.outputs() + " outputs");
            }
            long each = Math.ceilDiv(x.side(axis), parts);
            return LongStream.range(0, parts)
                    .map(i -> Math.min(each, x.side(axis) - i * each))
                    .boxed()
                    .toList();
        });
        if (sides.stream().mapToLong(Long::longValue).sum() != x.side(axis)) {
            throw new Uncountable("splits axis " + axis + " of shape " + x.shape() + " into " + sides);
        }
        List<Inferred> parts = new ArrayList<>();
        long begin = 0;
        for (long side : sides) {
            long first = begin;
            parts.add(Moved.to(x, Axes.replaced(x.shape(), axis, side), index -> shifted(index, axis, 1, first)));
            begin += side;
        }
        return parts;
    }

    private static Inferred sliced(NodeView node) {
        Inferred x = node.input(0);
        List<Long> starts = node.longs(1, "starts").orElseThrow(() -> new Uncountable("has no starts"));
        List<Long> ends = node.longs(2, "ends").orElseThrow(() -> new Uncountable("has no ends"));
        List<Long> axes = node.longs(3, "axes")
                .orElseGet(() -> LongStream.range(0, starts.size()).boxed().toList());
        Optional<List<Long>> steps = node.has(4) ? Optional.of(node.longs(4)) : Optional.empty();
        Inferred result = x;
        for (int i = 0; i < starts.size(); i++) {
            int axis = Axes.of(axes.get(i), x.rank());
            int position = i;
            long step = steps.map(given -> given.get(position)).orElse(1L);
            if (step == 0) {
                throw new Uncountable("slices in steps of zero");
            }
            long side = x.side(axis);
            long low = step > 0 ? 0 : -1;
            long from = Math.clamp(fromFront(starts.get(i), side), 0, step > 0 ? side : side - 1);
            long to = Math.clamp(fromFront(ends.get(i), side), low, side);
            long count = Math.max(0, Math.ceilDiv(to - from, step));
            result = Moved.to(
                    result, Axes.replaced(result.shape(), axis, count), index -> shifted(index, axis, step, from));
        }
        return result;
    }

    private static Inferred gathered(NodeView node) {
        Inferred x = node.input(0);
        Inferred indices = node.input(1);
        int axis = Axes.of(node.number("axis", 0), x.rank());
        List<Long> shape = new ArrayList<>(x.shape().subList(0, axis));
        shape.addAll(indices.shape());
        shape.addAll(x.shape().subList(axis + 1, x.rank()));
        if (indices.numbers().isEmpty() || x.rank() != 1) {
            return Inferred.of(x.type(), shape);
        }
        List<Long> positions = node.longs(1);
        return x.numbers()
                .map(numbers -> Inferred.known(
                        x.type(),
                        shape,
                        positions.stream()
                                .map(at -> numbers.get(Axes.of(at, numbers.size())))
                                .toList()))
                .orElseGet(() -> Inferred.of(x.type(), shape));
    }

    private static Inferred gatheredByIndex(NodeView node) {
        Inferred x = node.input(0);
        Inferred indices = node.input(1);
        int batch = (int) node.number("batch_dims", 0);
        List<Long> shape = new ArrayList<>(indices.shape().subList(0, indices.rank() - 1));
        shape.addAll(x.shape().subList(batch + (int) indices.side(-1), x.rank()));
        return Inferred.of(x.type(), shape);
    }

    private static Inferred expanded(NodeView node) {
        Inferred x = node.input(0);
        List<Long> shape = Axes.broadcast(x.shape(), node.longs(1));
        int added = shape.size() - x.rank();
        return Moved.to(x, shape, index -> {
            long[] source = new long[x.rank()];
            for (int i = 0; i < source.length; i++) {
                source[i] = x.shape().get(i) == 1 ? 0 : index[i + added];
            }
            return source;
        });
    }

    private static Inferred tiled(NodeView node) {
        Inferred x = node.input(0);
        List<Long> repeats = node.longs(1);
        if (repeats.size() != x.rank()) {
            throw new Uncountable("repeats shape " + x.shape() + " by " + repeats);
        }
        List<Long> shape = new ArrayList<>();
        for (int i = 0; i < x.rank(); i++) {
            shape.add(Math.multiplyExact(x.side(i), repeats.get(i)));
        }
        return Moved.to(x, shape, index -> {
            long[] source = index.clone();
            for (int i = 0; i < source.length; i++) {
                source[i] %= x.side(i);
            }
            return source;
        });
    }

    private static Inferred padded(NodeView node) {
        Inferred x = node.input(0);
        List<Long> pads = node.longs(1, "pads").orElseThrow(() -> new Uncountable("has no pads"));
        List<Long> axes = node.has(3)
                ? node.longs(3)
                : LongStream.range(0, x.rank()).boxed().toList();
        if (pads.size() != 2 * axes.size()) {
            throw new Uncountable("pads " + axes.size() + " axes by " + pads);
        }
        List<Long> shape = new ArrayList<>(x.shape());
        for (int i = 0; i < axes.size(); i++) {
            int axis = Axes.of(axes.get(i), x.rank());
            shape.set(axis, x.side(axis) + pads.get(i) + pads.get(i + axes.size()));
        }
        return Inferred.of(x.type(), shape);
    }

    private static long fromFront(long position, long side) {
        return position < 0 ? position + side : position;
    }

    private static long[] shifted(long[] index, int axis, long step, long first) {
        long[] source = index.clone();
        source[axis] = first + step * index[axis];
        return source;
    }
}
