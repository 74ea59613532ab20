package dev.genfleet.importer.census;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** A graph of many unrelated nodes. */
final class OperatorZoo {

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("zoo");
    private final ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(10);
    private int names;

    OperatorZoo(long opset) {
        model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(Operator.ORT).setVersion(1));
    }

    /** An input of floats, all dimensions given. */
    String x(long... shape) {
        String name = "x" + names++;
        TypeProto.Tensor.Builder type = TypeProto.Tensor.newBuilder().setElemType(ElementTypes.FLOAT);
        for (long side : shape) {
            type.getShapeBuilder().addDimBuilder().setDimValue(side);
        }
        graph.addInput(ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(type)));
        return name;
    }

    String longs(long... values) {
        return constant(
                TensorProto.DataType.INT64,
                LongStream.of(values).mapToObj(value -> (double) value).toList(),
                values.length);
    }

    String scalar(long value) {
        return constant(TensorProto.DataType.INT64, List.of((double) value));
    }

    /** Ones of a type. */
    String ones(TensorProto.DataType type, long... shape) {
        long elements = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return constant(type, LongStream.range(0, elements).mapToObj(i -> 1.0).toList(), shape);
    }

    String ones(long... shape) {
        return ones(TensorProto.DataType.FLOAT, shape);
    }

    String constant(TensorProto.DataType type, List<Double> values, long... shape) {
        String name = "c" + names++;
        graph.addInitializer(tensor(type, values, shape).setName(name));
        return name;
    }

    static TensorProto.Builder tensor(TensorProto.DataType type, List<Double> values, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(type.getNumber());
        LongStream.of(shape).forEach(tensor::addDims);
        switch (type) {
            case FLOAT -> values.forEach(value -> tensor.addFloatData(value.floatValue()));
            case INT64 -> values.forEach(value -> tensor.addInt64Data(value.longValue()));
            case INT8, UINT8 -> {
                byte[] bytes = new byte[values.size()];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = values.get(i).byteValue();
                }
                tensor.setRawData(ByteString.copyFrom(bytes));
            }
            default -> values.forEach(value -> tensor.addInt32Data(value.intValue()));
        }
        return tensor;
    }

    String add(String operator, List<String> inputs, AttributeProto... attributes) {
        return add(operator, 1, inputs, attributes).getFirst();
    }

    /** Adds a node; a colon parts domain and operator. */
    List<String> add(String operator, int outputs, List<String> inputs, AttributeProto... attributes) {
        int colon = operator.indexOf(':');
        List<String> results = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            results.add(operator + "#" + names++);
        }
        graph.addNode(NodeProto.newBuilder()
                .setName(results.getFirst())
                .setDomain(colon < 0 ? "" : operator.substring(0, colon))
                .setOpType(operator.substring(colon + 1))
                .addAllInput(inputs)
                .addAllOutput(results)
                .addAllAttribute(List.of(attributes)));
        return results;
    }

    /** Leaves outputs of the last node out. */
    void unused(int... outputs) {
        NodeProto.Builder last = graph.getNodeBuilder(graph.getNodeCount() - 1);
        Arrays.stream(outputs).forEach(output -> last.setOutput(output, ""));
    }

    ModelProto model() {
        return model.setGraph(graph).build();
    }

    static AttributeProto number(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto list(String name, long... values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(LongStream.of(values).boxed().toList())
                .build();
    }

    static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    static AttributeProto tensor(String name, TensorProto.Builder value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(value)
                .build();
    }
}
