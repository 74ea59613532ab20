package dev.genfleet.importer.precision;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.genfleet.importer.onnx.Graph;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Initialiser;
import dev.genfleet.importer.onnx.Value;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A graph, what was found in it, and the graph that is made of it. */
final class Rewriting {

    private final Graph source;
    private final GraphBuilder target;
    private final Map<String, Weight> weights = new HashMap<>();

    Rewriting(Graph source, long opset) {
        this.source = source;
        this.target = GraphBuilder.rewriting(source, opset);
        source.initialisers().forEach((name, initialiser) -> WeightValues.of(initialiser)
                .ifPresent(values -> weights.put(name, new Weight(name, initialiser, values))));
        for (NodeProto node : source.nodes()) {
            Weight stored = node.getOpType().equals("Cast") ? weights.get(node.getInput(0)) : null;
            if (stored != null && integer(node, "to", 0) == TensorProto.DataType.FLOAT_VALUE) {
                weights.put(node.getOutput(0), stored);
            }
        }
    }

    Graph source() {
        return source;
    }

    GraphBuilder target() {
        return target;
    }

    /** The weight behind a value: an initialiser of floats, or the cast of one to 32-bit floats. */
    Optional<Weight> weight(String value) {
        return Optional.ofNullable(weights.get(value));
    }

    /** Whether a node does nothing but read a weight as 32-bit floats. */
    boolean readsWeight(NodeProto node) {
        return weights.containsKey(node.getOutput(0));
    }

    /** Takes an initialiser over as it is, where {@code value} is one. */
    void keep(String value) {
        Initialiser initialiser = source.initialisers().get(value);
        if (initialiser != null) {
            target.keep(value, initialiser);
        }
    }

    /** Adds a node as it is with the initialisers that it reads. */
    void copy(NodeProto node) {
        node.getInputList().forEach(this::keep);
        if (source.needsFullPrecision(node)) {
            target.fullPrecision(() -> {
                target.copy(node);
                return node;
            });
        } else {
            target.copy(node);
        }
    }

    /** Whole numbers that the graph itself holds under that name. */
    Optional<long[]> constant(String value) {
        if (source.initialisers().get(value) instanceof Initialiser.Inline(var numbers)
                && numbers.getDataType() == TensorProto.DataType.INT64_VALUE) {
            var longs = numbers.getRawData()
                    .asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asLongBuffer();
            long[] result = new long[longs.remaining()];
            longs.get(result);
            return Optional.of(result);
        }
        return Optional.empty();
    }

    static List<Value> inputs(NodeProto node) {
        return node.getInputList().stream().map(Value::new).toList();
    }

    static boolean has(NodeProto node, int input) {
        return node.getInputCount() > input && !node.getInput(input).isEmpty();
    }

    static Optional<AttributeProto> attribute(NodeProto node, String name) {
        return node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst();
    }

    static long integer(NodeProto node, String name, long otherwise) {
        return attribute(node, name).map(AttributeProto::getI).orElse(otherwise);
    }

    static float number(NodeProto node, String name, float otherwise) {
        return attribute(node, name).map(AttributeProto::getF).orElse(otherwise);
    }

    /**
     * A weight of a graph.
     *
     * @param name of its initialiser
     * @param initialiser as it is stored
     * @param values its numbers
     */
    record Weight(String name, Initialiser initialiser, WeightValues values) {}
}
