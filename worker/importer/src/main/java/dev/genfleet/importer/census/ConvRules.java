package dev.genfleet.importer.census;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Convolutions on {@code [batch, channels, …]}, and the resizing between them. */
final class ConvRules {

    static final Map<Operator, ShapeRule> TABLE = Map.of(
            Operator.onnx("Conv"),
                    ShapeRule.one(node -> convolved(node, 1, node.input(0).type())),
            Operator.onnx("ConvInteger"), ShapeRule.one(node -> convolved(node, 1, ElementTypes.INT32)),
            Operator.onnx("QLinearConv"),
                    ShapeRule.one(node -> convolved(node, 3, node.input(7).type())),
            Operator.onnx("ConvTranspose"), ShapeRule.one(ConvRules::transposed),
            Operator.onnx("Resize"), ShapeRule.one(ConvRules::resized));

    static final Map<Operator, MacRule> MACS = Map.of(
            Operator.onnx("Conv"), (node, out) -> counted(out, node.input(1)),
            Operator.onnx("ConvInteger"), (node, out) -> counted(out, node.input(1)),
            Operator.onnx("QLinearConv"), (node, out) -> counted(out, node.input(3)),
            Operator.onnx("ConvTranspose"), (node, out) -> counted(node.input(0), node.input(1)));

    private ConvRules() {}

    /** Each element is one sum over a kernel {@code [_, channels of its group, …]}. */
    private static Macs counted(Inferred elements, Inferred kernel) {
        return Macs.ofConvolution(Math.multiplyExact(
                elements.elements(), Inferred.elements(kernel.shape().subList(1, kernel.rank()))));
    }

    private static Inferred convolved(NodeView node, int weight, int type) {
        Inferred x = node.input(0);
        Inferred kernel = node.input(weight);
        if (kernel.rank() != x.rank() || x.side(1) != kernel.side(1) * node.number("group", 1)) {
            throw new Uncountable("convolves shape " + x.shape() + " with a kernel of shape " + kernel.shape());
        }
        List<Long> shape = new ArrayList<>(List.of(x.side(0), kernel.side(0)));
        Window window = Window.of(node, x.rank() - 2);
        for (int i = 0; i < x.rank() - 2; i++) {
            long room = x.side(i + 2) + window.margin(i) - window.span(i, kernel.side(i + 2));
            shape.add(room < 0 ? 0 : room / window.strides().get(i) + 1);
        }
        return Inferred.of(type, shape);
    }

    private static Inferred transposed(NodeView node) {
        Inferred x = node.input(0);
        Inferred kernel = node.input(1);
        int axes = x.rank() - 2;
        if (node.list("output_shape").isPresent()) {
            throw new Uncountable("sets its output_shape, which is not known here");
        }
        List<Long> extra = node.list("output_padding").orElse(Collections.nCopies(axes, 0L));
        List<Long> shape = new ArrayList<>(List.of(x.side(0), kernel.side(1) * node.number("group", 1)));
        Window window = Window.of(node, axes);
        for (int i = 0; i < axes; i++) {
            shape.add(window.strides().get(i) * (x.side(i + 2) - 1)
                    + extra.get(i)
                    + window.span(i, kernel.side(i + 2))
                    - window.margin(i));
        }
        return Inferred.of(x.type(), shape);
    }

    private static Inferred resized(NodeView node) {
        Inferred x = node.input(0);
        if (!node.text("keep_aspect_ratio_policy", "stretch").equals("stretch")) {
            throw new Uncountable("keeps the aspect ratio, which is not known here");
        }
        List<Long> axes = node.list("axes").orElse(List.of());
        if (node.has(3)) {
            return Inferred.of(x.type(), sides(x, axes, node.longs(3)));
        }
        List<Double> scales = node.input(2)
                .numbers()
                .orElseThrow(() -> new Uncountable("needs scales that follow from shapes and constants"));
        List<Long> sides = new ArrayList<>();
        for (int i = 0; i < scales.size(); i++) {
            int axis = axes.isEmpty() ? i : Axes.of(axes.get(i), x.rank());
            sides.add((long) Math.floor((float) x.side(axis) * scales.get(i).floatValue()));
        }
        return Inferred.of(x.type(), sides(x, axes, sides));
    }

    private static List<Long> sides(Inferred x, List<Long> axes, List<Long> sides) {
        if (axes.isEmpty()) {
            if (sides.size() != x.rank()) {
                throw new Uncountable("resizes shape " + x.shape() + " to " + sides);
            }
            return sides;
        }
        List<Long> shape = new ArrayList<>(x.shape());
        for (int i = 0; i < axes.size(); i++) {
            shape.set(Axes.of(axes.get(i), x.rank()), sides.get(i));
        }
        return shape;
    }

    /** How a kernel moves: one number for each axis, pads two. */
    private record Window(List<Long> strides, List<Long> dilations, List<Long> pads) {

        static Window of(NodeView node, int axes) {
            if (!node.text("auto_pad", "NOTSET").equals("NOTSET")
                    && !node.text("auto_pad", "").equals("VALID")) {
                throw new Uncountable(
                        "pads as " + node.text("auto_pad", "") + ", but only explicit pads are known here");
            }
            Window window = new Window(
                    node.list("strides").orElse(Collections.nCopies(axes, 1L)),
                    node.list("dilations").orElse(Collections.nCopies(axes, 1L)),
                    node.list("pads").orElse(Collections.nCopies(2 * axes, 0L)));
            if (window.strides.size() != axes
                    || window.dilations.size() != axes
                    || window.pads.size() != 2 * axes
                    || window.strides.stream().anyMatch(stride -> stride < 1)) {
                throw new Uncountable("moves its kernel by " + window);
            }
            return window;
        }

        long margin(int axis) {
            return pads.get(axis) + pads.get(axis + pads.size() / 2);
        }

        /** Cells from the kernel's first to its last. */
        long span(int axis, long kernel) {
            return (kernel - 1) * dilations.get(axis) + 1;
        }
    }
}
