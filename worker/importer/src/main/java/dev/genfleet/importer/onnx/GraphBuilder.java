package dev.genfleet.importer.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.StoredTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Collects a graph, node by node in execution order: opset 20 with ONNX Runtime's {@code com.microsoft} operators, or whatever
 * the graph that is rewritten has. Equal calls give equal bytes.
 */
public final class GraphBuilder {

    /** Domain of ONNX Runtime's own operators. */
    public static final String ORT_DOMAIN = "com.microsoft";

    private static final long OPSET = 20;

    private final String name;
    private final long opset;
    private final List<ValueInfoProto> graphInputs = new ArrayList<>();
    private final List<ValueInfoProto> graphOutputs = new ArrayList<>();
    private final List<NodeProto> graphNodes = new ArrayList<>();
    private final Map<String, Initialiser> held = new LinkedHashMap<>();
    private final Map<List<Object>, Value> initialisers = new HashMap<>();
    private final Set<String> fullPrecision = new HashSet<>();
    private final Map<String, Integer> used = new HashMap<>();
    private final Set<String> given = new HashSet<>();
    private final Set<String> storedParts = new HashSet<>();
    private long parameters;
    private int fullPrecisionDepth;
    private String scope = "";

    /** File of the derived weights, beside the graph. */
    public static final String DERIVED_FILE = "derived.safetensors";

    /** Begins an empty graph. */
    public GraphBuilder(String name) {
        this(name, OPSET);
    }

    private GraphBuilder(String name, long opset) {
        this.name = name;
        this.opset = opset;
    }

    /**
     * Begins another form of a graph: its inputs and outputs, and none of its nodes and initialisers, whose names stay theirs.
     *
     * @param opset version of ONNX's own operators in the other form
     */
    public static GraphBuilder rewriting(Graph source, long opset) {
        GraphBuilder graph = new GraphBuilder(source.name(), opset);
        graph.graphInputs.addAll(source.inputs());
        graph.graphOutputs.addAll(source.outputs());
        graph.parameters = source.parameters();
        source.inputs().forEach(input -> graph.unique(input.getName()));
        source.initialisers().keySet().forEach(graph::unique);
        source.nodes().forEach(node -> node.getOutputList().forEach(graph::unique));
        return graph;
    }

    /** Names what is added from here on after a part of the model, such as {@code blocks.3.attn}. */
    public void enter(String part) {
        scope = part + "/";
    }

    /** Declares an input. Dimensions are numbers, or names where the caller decides. */
    public Value input(String name, ElementType type, List<Object> dimensions) {
        graphInputs.add(typed(name, type, dimensions));
        return new Value(name);
    }

    /** Declares that {@code value} is an output, under a name that callers see. */
    public void output(Value value, String name, List<Object> dimensions) {
        add("", "Identity", List.of(value), List.of(name));
        graphOutputs.add(typed(name, ElementType.FLOAT, dimensions));
    }

    /** Adds a node of ONNX's own operators with one output. */
    public Value node(String operator, List<Value> inputs, Attribute... attributes) {
        return nodes("", operator, 1, inputs, attributes).getFirst();
    }

    /** Adds a node with several outputs or of another domain. */
    public List<Value> nodes(String domain, String operator, int outputs, List<Value> inputs, Attribute... attributes) {
        String first = unique(scope + operator);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < outputs; i++) {
            names.add(outputs == 1 ? first : first + ":" + i);
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
        String key = unique(tensor.name());
        held.put(key, new Initialiser.Stored(tensor));
        count(tensor);
        Value stored = new Value(key);
        Value value = stored;
        if (tensor.type() != DataType.F32) {
            String cast = unique(key + "/float");
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
        String key = unique(tensor.name());
        held.put(key, new Initialiser.Derived(tensor));
        return new Value(key);
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

    /** Adds a node of a graph that is being rewritten, under its own names. */
    public void copy(NodeProto node) {
        graphNodes.add(node);
        if (fullPrecisionDepth > 0) {
            fullPrecision.addAll(node.getOutputList());
        }
    }

    /** Adds a node of ONNX's own operators whose one output has a given name. */
    public void define(String output, String operator, List<Value> inputs, Attribute... attributes) {
        add("", operator, inputs, List.of(output), attributes);
    }

    /** Takes over an initialiser of a graph that is being rewritten. */
    public Value keep(String name, Initialiser initialiser) {
        held.putIfAbsent(name, initialiser);
        return new Value(name);
    }

    /** Numbers in all weights so far. */
    public long parameters() {
        return parameters;
    }

    /** The graph so far. */
    public Graph finish() {
        return new Graph(name, opset, graphInputs, graphOutputs, graphNodes, held, fullPrecision, parameters);
    }

    /** The graph so far as an ONNX file's bytes. */
    public byte[] toBytes() {
        return new ModelFile(finish()).toBytes();
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
        copy(node.build());
    }

    private Value inline(TensorProto.DataType type, ByteBuffer bytes, long... dimensions) {
        List<Long> shape = LongStream.of(dimensions).boxed().toList();
        return initialisers.computeIfAbsent(List.of(type, shape, bytes), absent -> {
            String constant = unique("constant");
            held.put(
                    constant,
                    new Initialiser.Inline(TensorProto.newBuilder()
                            .setName(constant)
                            .setDataType(type.getNumber())
                            .addAllDims(shape)
                            .setRawData(ByteString.copyFrom(bytes.duplicate()))
                            .build()));
            return new Value(constant);
        });
    }

    private String unique(String wished) {
        String candidate;
        do {
            int before = used.merge(wished, 1, Integer::sum) - 1;
            candidate = before == 0 ? wished : wished + "." + before;
        } while (!given.add(candidate));
        return candidate;
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
