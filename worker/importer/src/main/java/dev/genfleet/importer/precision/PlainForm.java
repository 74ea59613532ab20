package dev.genfleet.importer.precision;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.genfleet.importer.onnx.Attribute;
import dev.genfleet.importer.onnx.Graph;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Value;
import java.util.List;
import java.util.Set;

/**
 * A graph in ONNX's own operators of opset 17 (ONNX operator specification): attention is written out, and so is the GELU, which
 * came with opset 20; splits and reductions have the signatures from before opset 18.
 */
final class PlainForm {

    static final long OPSET = 17;

    private static final float TANH_FACTOR = (float) Math.sqrt(2 / Math.PI);
    private static final float TANH_CUBE = 0.044715f;

    /** Reductions whose axes became an input with opset 18. */
    private static final Set<String> REDUCTIONS = Set.of(
            "ReduceL1",
            "ReduceL2",
            "ReduceLogSum",
            "ReduceLogSumExp",
            "ReduceMax",
            "ReduceMean",
            "ReduceMin",
            "ReduceProd",
            "ReduceSumSquare");

    private final Rewriting rewriting;
    private final GraphBuilder target;
    private final PlainAttention attention;

    PlainForm(Graph source) {
        this.rewriting = new Rewriting(source, OPSET);
        this.target = rewriting.target();
        this.attention = new PlainAttention(rewriting);
    }

    Graph rewrite() {
        for (NodeProto node : rewriting.source().nodes()) {
            node.getInputList().forEach(rewriting::keep);
            if (rewriting.source().needsFullPrecision(node)) {
                target.fullPrecision(() -> rewrite(node));
            } else {
                rewrite(node);
            }
        }
        return target.finish().pruned();
    }

    private NodeProto rewrite(NodeProto node) {
        if (!node.getDomain().isEmpty()) {
            if (!node.getOpType().equals("MultiHeadAttention")) {
                throw new IllegalStateException("no plain form of " + node.getOpType() + " is known");
            }
            attention.write(node);
            return node;
        }
        switch (node.getOpType()) {
            case "Gelu" -> gelu(node);
            case "Split" -> target.copy(without(node, "num_outputs"));
            default -> target.copy(REDUCTIONS.contains(node.getOpType()) ? olderReduction(node) : node);
        }
        return node;
    }

    /** GELU (Hendrycks and Gimpel 2016, section 2), by tanh or by the error function. */
    private void gelu(NodeProto node) {
        target.enter(node.getName());
        Value x = new Value(node.getInput(0));
        boolean tanh = Rewriting.attribute(node, "approximate")
                .map(attribute -> attribute.getS().toStringUtf8().equals("tanh"))
                .orElse(false);
        Value step;
        if (tanh) {
            Value cube = multiply(multiply(multiply(x, x), x), TANH_CUBE);
            step = target.node("Tanh", List.of(multiply(target.node("Add", List.of(x, cube)), TANH_FACTOR)));
        } else {
            step = target.node("Erf", List.of(multiply(x, (float) Math.sqrt(0.5))));
        }
        Value raised = target.node("Add", List.of(step, target.floats(new float[] {1}, 1)));
        target.define(node.getOutput(0), "Mul", List.of(multiply(x, 0.5f), raised));
    }

    private NodeProto olderReduction(NodeProto node) {
        if (!Rewriting.has(node, 1)) {
            return node;
        }
        long[] axes = rewriting
                .constant(node.getInput(1))
                .orElseThrow(() -> new IllegalStateException(
                        node.getName() + " reduces dimensions that are only known when it runs"));
        return without(node, "noop_with_empty_axes").toBuilder()
                .clearInput()
                .addInput(node.getInput(0))
                .addAttribute(Attribute.of("axes", axes).proto())
                .build();
    }

    private Value multiply(Value a, Value b) {
        return target.node("Mul", List.of(a, b));
    }

    private Value multiply(Value a, float factor) {
        return multiply(a, target.floats(new float[] {factor}, 1));
    }

    private static NodeProto without(NodeProto node, String attribute) {
        List<AttributeProto> others = node.getAttributeList().stream()
                .filter(given -> !given.getName().equals(attribute))
                .toList();
        return node.toBuilder().clearAttribute().addAllAttribute(others).build();
    }
}
