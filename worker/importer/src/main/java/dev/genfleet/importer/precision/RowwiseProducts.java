package dev.genfleet.importer.precision;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.genfleet.importer.onnx.Attribute;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Initialiser;
import dev.genfleet.importer.onnx.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Linear layers as products of 8-bit integers: weights scaled by output channel, activations by row when they run (Dettmers et al.
 * 2022, section 3.1, "vector-wise"). A row's scale is its own and integer sums are exact, so rows do not influence each other, as they
 * would with ONNX Runtime's {@code DynamicQuantizeMatMul}, which has one scale for all.
 *
 * <p>Activations are unsigned around 128 because ONNX Runtime's kernels for x86 take unsigned times signed; the other way was five times
 * slower with ONNX Runtime 1.30. On processors without VNNI those kernels saturate sums of two products.
 */
final class RowwiseProducts implements IntegerProducts {

    private static final long SMALLEST_SIDE = 128;
    private static final long AXES_AS_INPUTS = 18;
    private static final int MIDDLE = 128;
    private static final int LARGEST = 127;

    private final Operators operators;
    private final Map<String, Rows> quantised = new HashMap<>();

    RowwiseProducts(Operators operators) {
        this.operators = operators;
    }

    @Override
    public boolean pays(long inputs, long outputs) {
        return Math.min(inputs, outputs) >= SMALLEST_SIDE;
    }

    @Override
    public void write(Rewriting rewriting, NodeProto layer, Rewriting.Weight weight, Optional<Value> bias) {
        GraphBuilder graph = rewriting.target();
        Rows rows = quantised.computeIfAbsent(layer.getInput(0), x -> quantise(rewriting, new Value(x)));
        ChannelIntegers integers = new ChannelIntegers(weight.name(), weight.values());
        Value matrix = graph.keep(weight.name() + "/int8", new Initialiser.Derived(integers.transposed()));
        Value scales = graph.keep(weight.name() + "/scales", new Initialiser.Derived(integers.scales()));
        Value products;
        if (operators == Operators.FUSED) {
            products = graph.nodes(
                            GraphBuilder.ORT_DOMAIN,
                            "MatMulIntegerToFloat",
                            1,
                            List.of(rows.integers(), matrix, graph.floats(new float[] {1}), scales, middle(graph)))
                    .getFirst();
        } else {
            Value sums = graph.node("MatMulInteger", List.of(rows.integers(), matrix, middle(graph)));
            products = graph.node("Mul", List.of(graph.cast(sums, ElementType.FLOAT), scales));
        }
        if (bias.isEmpty()) {
            graph.define(layer.getOutput(0), "Mul", List.of(products, rows.scales()));
            return;
        }
        Value scaled = graph.node("Mul", List.of(products, rows.scales()));
        graph.define(layer.getOutput(0), "Add", List.of(scaled, bias.get()));
    }

    private Rows quantise(Rewriting rewriting, Value x) {
        GraphBuilder graph = rewriting.target();
        List<Value> reduced = new ArrayList<>(List.of(graph.node("Abs", List.of(x))));
        List<Attribute> attributes = new ArrayList<>(List.of(Attribute.of("keepdims", 1)));
        if (rewriting.source().opset() >= AXES_AS_INPUTS) {
            reduced.add(graph.longs(1));
        } else {
            attributes.add(Attribute.of("axes", new long[] {1}));
        }
        Value largest = graph.node("ReduceMax", reduced, attributes.toArray(Attribute[]::new));
        Value steps = graph.node("Mul", List.of(largest, graph.floats(new float[] {1f / LARGEST}, 1)));
        Value scales = graph.node("Max", List.of(steps, graph.floats(new float[] {Float.MIN_NORMAL}, 1)));
        Value flat = graph.node("Reshape", List.of(scales, graph.longs(-1)));
        Value middles = graph.node("Expand", List.of(middle(graph), graph.node("Shape", List.of(flat))));
        Value integers = graph.node("QuantizeLinear", List.of(x, flat, middles), Attribute.of("axis", 0));
        return new Rows(integers, scales);
    }

    private static Value middle(GraphBuilder graph) {
        return graph.keep(
                "int8/middle",
                new Initialiser.Inline(TensorProto.newBuilder()
                        .setDataType(TensorProto.DataType.UINT8_VALUE)
                        .setRawData(ByteString.copyFrom(new byte[] {(byte) MIDDLE}))
                        .build()));
    }

    /** Rows in integers {@code [rows, in]} and what each is to be multiplied by, {@code [rows, 1]}. */
    private record Rows(Value integers, Value scales) {}
}
