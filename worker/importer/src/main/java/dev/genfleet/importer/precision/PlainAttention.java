package dev.genfleet.importer.precision;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.genfleet.importer.onnx.Attribute;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * ONNX Runtime's {@code MultiHeadAttention} written out (Vaswani et al. 2017, section 3.2). Queries and keys are each multiplied
 * by the root of the scale before their product, so that half floats hold it, and everything between the products is marked as
 * needing 32-bit floats: masks of -1e9 are no half floats, and neither is every sum of exponentials.
 */
final class PlainAttention {

    private final GraphBuilder target;
    private final Map<List<Object>, Value> masks = new HashMap<>();

    PlainAttention(Rewriting rewriting) {
        this.target = rewriting.target();
    }

    void write(NodeProto node) {
        target.enter(node.getName());
        long heads = Rewriting.integer(node, "num_heads", 0);
        Value query = split(node.getInput(0), heads, 0, 2, 1, 3);
        Value key = split(node.getInput(1), heads, 0, 2, 3, 1);
        Value value = split(node.getInput(2), heads, 0, 2, 1, 3);
        float scale = Rewriting.number(node, "scale", 0);
        Value root = scale == 0 ? rootOfUsualScale(query) : floats((float) Math.sqrt(scale));
        Value products = op("MatMul", op("Mul", query, root), op("Mul", key, root));
        Value weights = target.fullPrecision(() -> {
            Value scores = Rewriting.has(node, 5) ? op("Add", products, new Value(node.getInput(5))) : products;
            if (Rewriting.has(node, 4)) {
                scores = op("Add", scores, mask(node.getInput(4), Rewriting.number(node, "mask_filter_value", -1e4f)));
            }
            return target.node("Softmax", List.of(scores), Attribute.of("axis", -1));
        });
        Value mixed = target.node(
                "Transpose", List.of(op("MatMul", weights, value)), Attribute.of("perm", new long[] {0, 2, 1, 3}));
        target.define(node.getOutput(0), "Reshape", List.of(mixed, target.longs(0, 0, -1)));
    }

    private Value split(String tokens, long heads, long... order) {
        Value apart = op("Reshape", new Value(tokens), target.longs(0, 0, heads, -1));
        return target.node("Transpose", List.of(apart), Attribute.of("perm", order));
    }

    /** Head dim to the -1/4; the head dim is the last side of {@code query}. */
    private Value rootOfUsualScale(Value query) {
        return target.fullPrecision(() -> {
            Value sides = target.node("Shape", List.of(query), Attribute.of("start", -1));
            return op("Pow", target.cast(sides, ElementType.FLOAT), floats(-0.25f));
        });
    }

    /** What is added to scores {@code [batch, heads, S, T]} for a mask {@code [batch, T]}: {@code [batch, 1, 1, T]}. */
    private Value mask(String given, float maskedScore) {
        return masks.computeIfAbsent(List.of(given, maskedScore), absent -> {
            Value seen = target.cast(new Value(given), ElementType.BOOL);
            Value added = op("Where", seen, floats(0), floats(maskedScore));
            return op("Unsqueeze", added, target.longs(1, 2));
        });
    }

    private Value floats(float number) {
        return target.floats(new float[] {number}, 1);
    }

    private Value op(String operator, Value... inputs) {
        return target.node(operator, List.of(inputs));
    }
}
