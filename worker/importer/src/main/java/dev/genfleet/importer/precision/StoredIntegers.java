package dev.genfleet.importer.precision;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.genfleet.importer.onnx.Attribute;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Initialiser;
import dev.genfleet.importer.onnx.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Linear layers whose weights alone are stored in 8 bits: scaled in blocks of 32 for ONNX Runtime's {@code MatMulNBits}, or by output
 * channel and turned into floats as the graph runs where only ONNX's own operators are allowed.
 *
 * <p>ONNX Runtime's CPU kernel may round a row's activations, block by block (accuracy level 4); other providers do not. Blocks of
 * 128 lost batch invariance there among a few rows with ONNX Runtime 1.30, blocks of 32 keep it.
 */
final class StoredIntegers implements IntegerProducts {

    private static final Value ABSENT = new Value("");
    private static final long SMALLEST_SIDE = 64;
    private static final int ACTIVATIONS_MAY_BE_INTEGERS = 4;

    private final Operators operators;

    StoredIntegers(Operators operators) {
        this.operators = operators;
    }

    @Override
    public boolean pays(long inputs, long outputs) {
        return Math.min(inputs, outputs) >= SMALLEST_SIDE && inputs % BlockIntegers.BLOCK == 0;
    }

    @Override
    public void write(Rewriting rewriting, NodeProto layer, Rewriting.Weight weight, Optional<Value> bias) {
        if (operators == Operators.FUSED) {
            blocks(rewriting.target(), layer, weight, bias);
        } else {
            channels(rewriting.target(), layer, weight, bias);
        }
    }

    private static void blocks(GraphBuilder graph, NodeProto layer, Rewriting.Weight weight, Optional<Value> bias) {
        BlockIntegers integers = new BlockIntegers(weight.name(), weight.values());
        List<Value> inputs = new ArrayList<>(List.of(
                new Value(layer.getInput(0)),
                graph.keep(weight.name() + "/blocks", new Initialiser.Derived(integers.blocks())),
                graph.keep(weight.name() + "/scales", new Initialiser.Derived(integers.scales()))));
        bias.ifPresent(value -> inputs.addAll(List.of(ABSENT, ABSENT, value)));
        NodeProto.Builder node = NodeProto.newBuilder()
                .setName(layer.getName())
                .setDomain(GraphBuilder.ORT_DOMAIN)
                .setOpType("MatMulNBits")
                .addOutput(layer.getOutput(0))
                .addAttribute(
                        Attribute.of("K", weight.values().shape().getLast()).proto())
                .addAttribute(
                        Attribute.of("N", weight.values().shape().getFirst()).proto())
                .addAttribute(Attribute.of("bits", Byte.SIZE).proto())
                .addAttribute(Attribute.of("block_size", BlockIntegers.BLOCK).proto())
                .addAttribute(Attribute.of("accuracy_level", ACTIVATIONS_MAY_BE_INTEGERS)
                        .proto());
        inputs.forEach(input -> node.addInput(input.name()));
        graph.copy(node.build());
    }

    private static void channels(GraphBuilder graph, NodeProto layer, Rewriting.Weight weight, Optional<Value> bias) {
        ChannelIntegers integers = new ChannelIntegers(weight.name(), weight.values());
        Value matrix = graph.node(
                "DequantizeLinear",
                List.of(
                        graph.keep(weight.name() + "/int8", new Initialiser.Derived(integers.straight())),
                        graph.keep(weight.name() + "/scales", new Initialiser.Derived(integers.scales()))),
                Attribute.of("axis", 0));
        List<Value> inputs = new ArrayList<>(List.of(new Value(layer.getInput(0)), matrix));
        bias.ifPresent(inputs::add);
        graph.define(layer.getOutput(0), "Gemm", inputs, Attribute.of("transB", 1));
    }
}
