package dev.genfleet.importer.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.StoredTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Collects a graph, node by node in execution order, and writes it as an ONNX model of opset 20 with ONNX Runtime's
 * {@code com.microsoft} operators. Equal calls give equal bytes.
 *
 * <p>Weights are external data: location, offset and length inside files that {@code model.onnx} finds beside itself, so a graph
 * stays small whatever the size of its checkpoint. {@link #weightFiles} says which files, and under which names.
 */
public final class GraphBuilder {

    /** Domain of ONNX Runtime's own operators. */
    public static final String ORT_DOMAIN = "com.microsoft";

    private static final long OPSET = 20;
    private static final long IR_VERSION = 9;

    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Map<Path, String> weightFiles = new LinkedHashMap<>();
    private final DerivedWeights derived = new DerivedWeights();
    private final Map<Integer, Integer> derivedByInitialiser = new HashMap<>();
    private final Map<List<Object>, Value> initialisers = new HashMap<>();
    private final Set<String> fullPrecision = new HashSet<>();
    private final Map<String, Integer> used = new HashMap<>();
    private final Set<String> storedParts = new HashSet<>();
    private long parameters;
    private int fullPrecisionDepth;
    private String scope = "";

    /** File of the derived weights, beside the graph. */
    public static final String DERIVED_FILE = "derived.safetensors";

    /** Begins an empty graph. */
    public GraphBuilder(String name) {
        graph.setName(name);
    }

    /** Names what is added from here on after a part of the model, such as {@code blocks.3.attn}. */
    public void enter(String part) {
        scope = part + "/";
    }

    /** Declares an input. Dimensions are numbers, or names where the caller decides. */
    public Value input(String name, ElementType type, List<Object> dimensions) {
        graph.addInput(typed(name, type, dimensions));
        return new Value(name);
    }

    /** Declares that {@code value} is an output, under a name that callers see. */
    public void output(Value value, String name, List<Object> dimensions) {
        add("", "Identity", List.of(value), List.of(name));
        graph.addOutput(typed(name, ElementType.FLOAT, dimensions));
    }

    /** Adds a node of ONNX's own operators with one output. */
    public Value node(String operator, List<Value> inputs, Attribute... attributes) {
        return nodes("", operator, 1, inputs, attributes).getFirst();
    }

    /** Adds a node with several outputs or of another domain. */
    public List<Value> nodes(String domain, String operator, int outputs, List<Value> inputs, Attribute... attributes) {
        String name = unique(scope + operator);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            names.add(outputs == 1 ? name : name + ":" + i);
        }
        add(domain, operator, inputs, names, attributes);
        return names.stream().map(Value::new).toList();
    }

    /** A small constant of floats, stored in the graph itself; equal ones are stored once. */
    public Value floats(float[] values, long... dimensions) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return inline(TensorProto.DataType.FLOAT, bytes, dimensions);
    }

    /** A small constant of 64-bit floats, stored in the graph itself; equal ones are stored once. */
    public Value doubles(double[] values, long... dimensions) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        return inline(TensorProto.DataType.DOUBLE, bytes, dimensions);
    }

    /** A list of whole numbers, such as a shape; equal ones are stored once. */
    public Value longs(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return inline(TensorProto.DataType.INT64, bytes, values.length);
    }

    /**
     * A weight as 32-bit floats, its bytes left in the checkpoint. Half and brain floats are stored as they are and cast by a
     * node that the runtime folds away when it loads the graph.
     */
    public Value weight(StoredTensor tensor) {
        List<Object> identity = List.of(tensor.name(), tensor.shape());
        Value known = initialisers.get(identity);
        if (known != null) {
            return known;
        }
        String name = unique(tensor.name());
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(onnxType(tensor.type()).getNumber())
                .addAllDims(tensor.shape())
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", location(tensor.file())))
                .addExternalData(entry("offset", Long.toString(tensor.offset())))
                .addExternalData(entry("length", Long.toString(tensor.length()))));
        count(tensor);
        Value stored = new Value(name);
        Value value = stored;
        if (onnxType(tensor.type()) != TensorProto.DataType.FLOAT) {
            String cast = unique(name + "/float");
            add("", "Cast", List.of(stored), List.of(cast), Attribute.of("to", TensorProto.DataType.FLOAT_VALUE));
            value = new Value(cast);
        }
        initialisers.put(identity, value);
        return value;
    }

    /**
     * A weight that is computed or converted when the package is written. Its numbers do not count as parameters: they follow
     * from tensors of the checkpoint, which the caller reports by {@link #count}.
     */
    public Value derived(DerivedTensor tensor) {
        String name = unique(tensor.name());
        derivedByInitialiser.put(graph.getInitializerCount(), derived.add(tensor));
        graph.addInitializer(TensorProto.newBuilder()
                .setName(name)
                .setDataType(onnxType(tensor.type()).getNumber())
                .addAllDims(tensor.shape()));
        return new Value(name);
    }

    /** Counts a checkpoint's tensor as parameters of this graph although the graph holds only what was derived from it. */
    public void count(StoredTensor tensor) {
        if (storedParts.add(tensor.name())) {
            parameters += tensor.elements();
        }
    }

    /**
     * Marks everything that {@code section} adds as needing 32-bit floats, also where the rest of the graph is converted to a
     * lower precision: sums over many terms, large arguments of sines, spectra.
     */
    public <T> T fullPrecision(Supplier<T> section) {
        fullPrecisionDepth++;
        try {
            return section.get();
        } finally {
            fullPrecisionDepth--;
        }
    }

    /** Converts between element types. */
    public Value cast(Value x, ElementType type) {
        return node("Cast", List.of(x), Attribute.of("to", type.onnx()));
    }

    /** The files that hold the weights → the name by which the graph finds each beside itself, in order of first use. */
    public Map<Path, String> weightFiles() {
        return Collections.unmodifiableMap(weightFiles);
    }

    /** Whether there are derived weights, to be written by {@link #writeDerived} beside the graph as {@link #DERIVED_FILE}. */
    public boolean hasDerived() {
        return !derived.tensors().isEmpty();
    }

    /** Computes and writes the derived weights. */
    public void writeDerived(Path file) throws IOException {
        derived.write(file);
    }

    /** Numbers in all weights so far. */
    public long parameters() {
        return parameters;
    }

    /** The model's bytes. */
    public byte[] toBytes() {
        placeDerived();
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("genfleet")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(ORT_DOMAIN).setVersion(1))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private void placeDerived() {
        List<Long> offsets = derived.offsets();
        derivedByInitialiser.forEach((initialiser, index) -> graph.getInitializerBuilder(initialiser)
                .clearExternalData()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", DERIVED_FILE))
                .addExternalData(entry("offset", Long.toString(offsets.get(index))))
                .addExternalData(entry(
                        "length", Long.toString(derived.tensors().get(index).length()))));
    }

    private String location(Path file) {
        return weightFiles.computeIfAbsent(file, first -> {
            String name = first.getFileName().toString();
            int dot = name.lastIndexOf('.');
            String extension = dot < 0 ? "" : name.substring(dot);
            return weightFiles.isEmpty() ? "model" + extension : "model-" + (weightFiles.size() + 1) + extension;
        });
    }

    private void add(
            String domain, String operator, List<Value> inputs, List<String> outputs, Attribute... attributes) {
        NodeProto.Builder node = NodeProto.newBuilder()
                .setName(outputs.getFirst())
                .setDomain(domain)
                .setOpType(operator)
                .addAllOutput(outputs);
        inputs.forEach(input -> node.addInput(input.name()));
        for (Attribute attribute : attributes) {
            node.addAttribute(attribute.proto());
        }
        graph.addNode(node);
        if (fullPrecisionDepth > 0) {
            fullPrecision.addAll(outputs);
        }
    }

    private Value inline(TensorProto.DataType type, ByteBuffer bytes, long... dimensions) {
        List<Long> shape = LongStream.of(dimensions).boxed().toList();
        return initialisers.computeIfAbsent(List.of(type, shape, bytes), absent -> {
            String name = unique("constant");
            graph.addInitializer(TensorProto.newBuilder()
                    .setName(name)
                    .setDataType(type.getNumber())
                    .addAllDims(shape)
                    .setRawData(ByteString.copyFrom(bytes.duplicate())));
            return new Value(name);
        });
    }

    private String unique(String name) {
        int before = used.merge(name, 1, Integer::sum) - 1;
        return before == 0 ? name : name + "." + before;
    }

    private static TensorProto.DataType onnxType(DataType type) {
        return switch (type) {
            case F32 -> TensorProto.DataType.FLOAT;
            case F16 -> TensorProto.DataType.FLOAT16;
            case BF16 -> TensorProto.DataType.BFLOAT16;
            case I8 -> TensorProto.DataType.INT8;
            case U8 -> TensorProto.DataType.UINT8;
            case I32 -> TensorProto.DataType.INT32;
            default -> throw new IllegalArgumentException("no graph takes weights of type " + type);
        };
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private static ValueInfoProto typed(String name, ElementType type, List<Object> dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object dimension : dimensions) {
            TensorShapeProto.Dimension.Builder side = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(
                    dimension instanceof Number number
                            ? side.setDimValue(number.longValue())
                            : side.setDimParam(dimension.toString()));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.onnx())
                                .setShape(shape)))
                .build();
    }
}
