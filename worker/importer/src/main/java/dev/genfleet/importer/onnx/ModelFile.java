package dev.genfleet.importer.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A graph as an ONNX file. Equal graphs give equal bytes.
 *
 * <p>Weights are external data: location, offset and length inside files that {@code model.onnx} finds beside itself, so the file
 * stays small whatever the size of its checkpoint, and offsets beyond 2 GiB are as good as others. {@link #weightFiles} says
 * which files, and under which names.
 */
public final class ModelFile {

    private static final long FIRST_OPSET_OF_IR_9 = 20;

    private final Graph graph;
    private final Map<Path, String> weightFiles = new LinkedHashMap<>();
    private final Map<String, Long> derivedOffsets = new LinkedHashMap<>();
    private final DerivedWeights derived = new DerivedWeights();
    private long weightBytes;

    public ModelFile(Graph graph) {
        this.graph = graph;
        graph.initialisers().forEach((name, initialiser) -> {
            switch (initialiser) {
                case Initialiser.Stored stored -> {
                    locate(stored.tensor().file());
                    weightBytes += stored.tensor().length();
                }
                case Initialiser.Derived computed -> {
                    derived.add(computed.tensor());
                    derivedOffsets.put(name, 0L);
                    weightBytes += computed.tensor().length();
                }
                case Initialiser.Inline _ -> {}
            }
        });
        var offsets = derived.offsets().iterator();
        derivedOffsets.replaceAll((name, unset) -> offsets.next());
    }

    /** The checkpoint's files that hold weights → the name by which the graph finds each beside itself, in order of first use. */
    public Map<Path, String> weightFiles() {
        return Collections.unmodifiableMap(weightFiles);
    }

    /** Whether there are derived weights, to be written beside the graph as {@link GraphBuilder#DERIVED_FILE}. */
    public boolean hasDerived() {
        return !derived.tensors().isEmpty();
    }

    /**
     * Computes and writes the derived weights, one tensor at a time.
     *
     * @throws IOException when a checkpoint cannot be read or {@code file} not be written
     */
    public void writeDerived(Path file) throws IOException {
        derived.write(file);
    }

    /** Bytes of the weights that the graph uses; its files may hold more. */
    public long weightBytes() {
        return weightBytes;
    }

    /** Numbers in all weights of the checkpoint that the graph stands for. */
    public long parameters() {
        return graph.parameters();
    }

    /** The file's bytes. */
    public byte[] toBytes() {
        GraphProto.Builder proto = GraphProto.newBuilder()
                .setName(graph.name())
                .addAllInput(graph.inputs())
                .addAllOutput(graph.outputs())
                .addAllNode(graph.nodes());
        graph.initialisers().forEach((name, initialiser) -> proto.addInitializer(initialiser(name, initialiser)));
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(graph.opset() < FIRST_OPSET_OF_IR_9 ? 8 : 9)
                .setProducerName("genfleet")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(graph.opset()));
        for (String domain : domains()) {
            model.addOpsetImport(
                    OperatorSetIdProto.newBuilder().setDomain(domain).setVersion(1));
        }
        return model.setGraph(proto).build().toByteArray();
    }

    private Set<String> domains() {
        Set<String> domains = new TreeSet<>();
        for (NodeProto node : graph.nodes()) {
            if (!node.getDomain().isEmpty()) {
                domains.add(node.getDomain());
            }
        }
        return domains;
    }

    private TensorProto initialiser(String name, Initialiser initialiser) {
        if (initialiser instanceof Initialiser.Inline inline) {
            return inline.constant().toBuilder().setName(name).build();
        }
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(initialiser.onnxType())
                .addAllDims(initialiser.shape())
                .setDataLocation(TensorProto.DataLocation.EXTERNAL);
        if (initialiser instanceof Initialiser.Stored(var stored)) {
            return place(tensor, locate(stored.file()), stored.offset(), stored.length());
        }
        DerivedTensor computed = ((Initialiser.Derived) initialiser).tensor();
        return place(tensor, GraphBuilder.DERIVED_FILE, derivedOffsets.get(name), computed.length());
    }

    private String locate(Path file) {
        return weightFiles.computeIfAbsent(file, first -> {
            String name = first.getFileName().toString();
            int dot = name.lastIndexOf('.');
            String extension = dot < 0 ? "" : name.substring(dot);
            return weightFiles.isEmpty() ? "model" + extension : "model-" + (weightFiles.size() + 1) + extension;
        });
    }

    private static TensorProto place(TensorProto.Builder tensor, String location, long offset, long length) {
        return tensor.addExternalData(entry("location", location))
                .addExternalData(entry("offset", Long.toString(offset)))
                .addExternalData(entry("length", Long.toString(length)))
                .build();
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
