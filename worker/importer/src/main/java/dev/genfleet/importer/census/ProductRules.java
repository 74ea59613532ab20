package dev.genfleet.importer.census;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Matrix products: shapes, and m·n·k multiply-accumulates. */
final class ProductRules {

    static final Map<Operator, ShapeRule> TABLE = Operator.merged(
            Map.of(
                    Operator.onnx("Gemm"), ShapeRule.one(ProductRules::gemm),
                    Operator.onnx("MatMul"), of(0, 1, ProductRules::firstType),
                    Operator.onnx("MatMulInteger"), of(0, 1, node -> ElementTypes.INT32),
                    Operator.onnx("QLinearMatMul"),
                            of(0, 3, node -> node.input(7).type())),
            Map.of(
                    Operator.ort("FusedMatMul"), ShapeRule.one(ProductRules::fused),
                    Operator.ort("DynamicQuantizeMatMul"), of(0, 1, ProductRules::firstType),
                    Operator.ort("MatMulIntegerToFloat"), of(0, 1, node -> ElementTypes.FLOAT),
                    Operator.ort("MatMulNBits"), ShapeRule.one(ProductRules::packed)));

    static final Map<Operator, MacRule> MACS = Map.of(
            Operator.onnx("Gemm"), (node, out) -> counted(node, 1, out, inner(node, "transA", 0)),
            Operator.onnx("MatMul"),
                    (node, out) -> counted(node, 1, out, node.input(0).side(-1)),
            Operator.onnx("MatMulInteger"),
                    (node, out) -> counted(node, 1, out, node.input(0).side(-1)),
            Operator.onnx("QLinearMatMul"),
                    (node, out) -> counted(node, 3, out, node.input(0).side(-1)),
            Operator.ort("FusedMatMul"), (node, out) -> counted(node, 1, out, inner(node, "transA", 0)),
            Operator.ort("DynamicQuantizeMatMul"),
                    (node, out) -> counted(node, 1, out, node.input(0).side(-1)),
            Operator.ort("MatMulIntegerToFloat"),
                    (node, out) -> counted(node, 1, out, node.input(0).side(-1)),
            Operator.ort("MatMulNBits"),
                    (node, out) -> counted(node, 1, out, node.input(0).side(-1)));

    /** Which element type a node gives. */
    @FunctionalInterface
    private interface ResultType {
        int of(NodeView node);
    }

    private ProductRules() {}

    private static Macs counted(NodeView node, int weight, Inferred out, long inner) {
        long count = Math.multiplyExact(out.elements(), inner);
        return node.isConstant(0) || node.isConstant(weight) ? Macs.ofLinear(count) : Macs.ofProducts(count);
    }

    private static long inner(NodeView node, String transposed, int input) {
        return node.input(input).side(node.number(transposed, 0) == 0 ? -1 : -2);
    }

    private static int firstType(NodeView node) {
        return node.input(0).type();
    }

    private static ShapeRule of(int left, int right, ResultType type) {
        return ShapeRule.one(node -> Inferred.of(
                type.of(node),
                product(node.input(left).shape(), node.input(right).shape())));
    }

    private static Inferred gemm(NodeView node) {
        Inferred a = node.input(0);
        Inferred b = node.input(1);
        if (a.rank() != 2 || b.rank() != 2) {
            throw new Uncountable("multiplies shapes " + a.shape() + " and " + b.shape());
        }
        return fused(node);
    }

    private static Inferred fused(NodeView node) {
        if (node.number("transBatchA", 0) != 0 || node.number("transBatchB", 0) != 0) {
            throw new Uncountable("transposes batches, which is not known here");
        }
        return Inferred.of(
                firstType(node),
                product(
                        turned(node.input(0).shape(), node.number("transA", 0)),
                        turned(node.input(1).shape(), node.number("transB", 0))));
    }

    private static Inferred packed(NodeView node) {
        Inferred a = node.input(0);
        if (a.side(-1) != node.number("K")) {
            throw new Uncountable("multiplies shape " + a.shape() + " by " + node.number("K") + " rows");
        }
        return Inferred.of(a.type(), Axes.replaced(a.shape(), a.rank() - 1, node.number("N")));
    }

    /** Numbers that a packed matrix stands for. */
    static long packedNumbers(List<AttributeProto> attributes) {
        return attributes.stream()
                .filter(attribute ->
                        attribute.getName().equals("K") || attribute.getName().equals("N"))
                .mapToLong(AttributeProto::getI)
                .reduce(1, Math::multiplyExact);
    }

    private static List<Long> turned(List<Long> shape, long transposed) {
        if (transposed == 0 || shape.size() < 2) {
            return shape;
        }
        List<Long> result = new ArrayList<>(shape);
        result.set(shape.size() - 1, shape.get(shape.size() - 2));
        result.set(shape.size() - 2, shape.getLast());
        return result;
    }

    /** As numpy.matmul: vectors are rows on the left and columns on the right, and vanish. */
    private static List<Long> product(List<Long> a, List<Long> b) {
        if (a.isEmpty() || b.isEmpty()) {
            throw new Uncountable("multiplies shapes " + a + " and " + b);
        }
        boolean row = a.size() == 1;
        boolean column = b.size() == 1;
        List<Long> left = row ? List.of(1L, a.getFirst()) : a;
        List<Long> right = column ? List.of(b.getFirst(), 1L) : b;
        if (!left.getLast().equals(right.get(right.size() - 2))) {
            throw new Uncountable("multiplies shapes " + a + " and " + b);
        }
        List<Long> shape =
                new ArrayList<>(Axes.broadcast(left.subList(0, left.size() - 2), right.subList(0, right.size() - 2)));
        if (!row) {
            shape.add(left.get(left.size() - 2));
        }
        if (!column) {
            shape.add(right.getLast());
        }
        return shape;
    }
}
