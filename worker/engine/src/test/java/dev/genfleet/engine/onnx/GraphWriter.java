package dev.genfleet.engine.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Writes an ONNX graph node by node; weights come from a fixed seed. Dimension 0 of inputs and outputs is the batch, a negative
 * one is left open.
 */
final class GraphWriter {

    private static final long OPSET = 17;
    private static final long IR_VERSION = 8;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
    private final Random random = new Random(7);
    private final OptionalInt rows;
    private int names;

    /** A graph of any batch. */
    GraphWriter() {
        this(OptionalInt.empty());
    }

    /** A graph of that batch. */
    GraphWriter(OptionalInt rows) {
        this.rows = rows;
    }

    String input(String name, TensorProto.DataType type, long... shape) {
        graph.addInput(value(name, type, shape));
        return name;
    }

    void output(String name, String value, long... shape) {
        graph.addNode(
                NodeProto.newBuilder().setOpType("Identity").addInput(value).addOutput(name));
        graph.addOutput(value(name, TensorProto.DataType.FLOAT, shape));
    }

    String node(String op, String... inputs) {
        return node(op, new AttributeProto[0], inputs);
    }

    String node(String op, AttributeProto[] attributes, String... inputs) {
        String name = "v" + names++;
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(op).addOutput(name);
        for (String input : inputs) {
            node.addInput(input);
        }
        for (AttributeProto attribute : attributes) {
            node.addAttribute(attribute);
        }
        graph.addNode(node);
        return name;
    }

    /** Normal weights of deviation {@code scale}. */
    String weights(double scale, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(TensorProto.DataType.FLOAT.getNumber());
        long count = 1;
        for (long side : shape) {
            tensor.addDims(side);
            count *= side;
        }
        for (long i = 0; i < count; i++) {
            tensor.addFloatData((float) (scale * random.nextGaussian()));
        }
        return initializer(tensor);
    }

    String ones(long size) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addDims(size);
        for (long i = 0; i < size; i++) {
            tensor.addFloatData(1);
        }
        return initializer(tensor);
    }

    String scalar(double value) {
        return initializer(TensorProto.newBuilder()
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addFloatData((float) value));
    }

    String longs(long... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        return initializer(tensor);
    }

    /** {@code x · wᵀ + b} with weights as PyTorch keeps them. */
    String linear(String x, long in, long out) {
        AttributeProto[] transposed = {attribute("transB", 1)};
        return node("Gemm", transposed, x, weights(1 / Math.sqrt((double) in), out, in), weights(0.1, out));
    }

    String silu(String x) {
        return node("Mul", x, node("Sigmoid", x));
    }

    String reshape(String x, long... shape) {
        return node("Reshape", x, longs(shape));
    }

    String transpose(String x, long... permutation) {
        AttributeProto.Builder perm =
                AttributeProto.newBuilder().setName("perm").setType(AttributeProto.AttributeType.INTS);
        for (long axis : permutation) {
            perm.addInts(axis);
        }
        return node("Transpose", new AttributeProto[] {perm.build()}, x);
    }

    /** Columns {@code index · size} to {@code (index + 1) · size} of the last axis. */
    String chunk(String x, long index, long size) {
        return node("Slice", x, longs(index * size), longs((index + 1) * size), longs(-1));
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph)
                .build();
        Files.write(file, model.toByteArray());
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto attribute(String name, long[] values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    private String initializer(TensorProto.Builder tensor) {
        String name = "w" + names++;
        graph.addInitializer(tensor.setName(name));
        return name;
    }

    private ValueInfoProto value(String name, TensorProto.DataType type, long... shape) {
        TensorShapeProto.Dimension.Builder batch = TensorShapeProto.Dimension.newBuilder();
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder()
                .addDim(rows.isPresent() ? batch.setDimValue(rows.getAsInt()) : batch.setDimParam("batch"));
        for (long side : shape) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            dimensions.addDim(side < 0 ? dimension.setDimParam("frames") : dimension.setDimValue(side));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(dimensions)))
                .build();
    }
}
