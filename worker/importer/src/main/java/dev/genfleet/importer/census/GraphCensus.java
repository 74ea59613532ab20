package dev.genfleet.importer.census;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an ONNX graph costs. The graph alone is read: weights may be absent.
 *
 * @param weights what it reads from files
 * @param macs multiply-accumulates of one run with inputs of the given dimensions
 * @param inputs in the graph's order
 * @param outputs in the graph's order
 * @param operators domain (empty for ONNX's own) → operator → number of nodes
 * @param opsets domain → version
 */
public record GraphCensus(
        StoredWeights weights,
        Macs macs,
        List<GraphPort> inputs,
        List<GraphPort> outputs,
        SortedMap<String, SortedMap<String, Integer>> operators,
        SortedMap<String, Long> opsets) {

    /** The largest graph that is read; weights belong into files of their own. */
    static final long MAX_BYTES = 128L << 20;

    public GraphCensus {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        operators = new TreeMap<>(operators);
        opsets = new TreeMap<>(opsets);
    }

    /**
     * Counts a graph.
     *
     * @param model the {@code .onnx} file
     * @param dimensions a number for every name that the inputs leave open, such as {@code batch}
     * @throws CensusException when the file is no such graph, has an operator that is not known here or an open dimension
     * @throws IOException when the file cannot be read
     */
    public static GraphCensus of(Path model, Map<String, Long> dimensions) throws CensusException, IOException {
        if (Files.size(model) > MAX_BYTES) {
            throw new CensusException(model + " is " + Files.size(model) + " bytes long, but graphs of at most "
                    + MAX_BYTES + " are read; keep weights in a file beside it");
        }
        try (InputStream in = Files.newInputStream(model)) {
            return of(ModelProto.parseFrom(in), dimensions);
        } catch (InvalidProtocolBufferException e) {
            throw new CensusException(model + " is not an ONNX model: " + e.getMessage(), e);
        } catch (CensusException e) {
            throw new CensusException(model + ": " + e.getMessage(), e);
        }
    }

    /** Counts a graph in memory; see {@link #of(Path, Map)}. */
    public static GraphCensus of(byte[] model, Map<String, Long> dimensions) throws CensusException {
        try {
            return of(ModelProto.parseFrom(model), dimensions);
        } catch (InvalidProtocolBufferException e) {
            throw new CensusException("this is not an ONNX model: " + e.getMessage(), e);
        }
    }

    static GraphCensus of(ModelProto model, Map<String, Long> dimensions) throws CensusException {
        GraphProto graph = model.getGraph();
        if (graph.getNodeCount() == 0) {
            throw new CensusException("the graph has no nodes");
        }
        SortedMap<String, Long> opsets = new TreeMap<>();
        for (OperatorSetIdProto set : model.getOpsetImportList()) {
            opsets.put(set.getDomain().equals("ai.onnx") ? "" : set.getDomain(), set.getVersion());
        }
        ShapeInterpreter interpreter = new ShapeInterpreter(graph, dimensions);
        interpreter.run();
        return new GraphCensus(
                new WeightReader(graph).read(),
                interpreter.macs(),
                inputs(graph, interpreter.values()),
                outputs(graph, interpreter.values()),
                operators(graph),
                opsets);
    }

    /** Numbers in the weights. */
    public long parameters() {
        return weights.numbers();
    }

    private static List<GraphPort> inputs(GraphProto graph, Map<String, Inferred> values) {
        Set<String> initialisers = new HashSet<>();
        graph.getInitializerList().forEach(tensor -> initialisers.add(tensor.getName()));
        return graph.getInputList().stream()
                .filter(input -> !initialisers.contains(input.getName()))
                .map(input -> PortReader.port(input, values.get(input.getName())))
                .toList();
    }

    private static List<GraphPort> outputs(GraphProto graph, Map<String, Inferred> values) throws CensusException {
        List<GraphPort> ports = new ArrayList<>();
        for (ValueInfoProto output : graph.getOutputList()) {
            if (!values.containsKey(output.getName())) {
                throw new CensusException("output " + output.getName() + " is made by no node");
            }
            ports.add(PortReader.port(output, values.get(output.getName())));
        }
        return ports;
    }

    private static SortedMap<String, SortedMap<String, Integer>> operators(GraphProto graph) {
        SortedMap<String, SortedMap<String, Integer>> counts = new TreeMap<>();
        for (NodeProto node : graph.getNodeList()) {
            Operator operator = Operator.of(node);
            counts.computeIfAbsent(operator.domain(), domain -> new TreeMap<>())
                    .merge(operator.name(), 1, Integer::sum);
        }
        return counts;
    }
}
