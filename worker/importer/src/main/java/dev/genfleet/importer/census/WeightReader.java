package dev.genfleet.importer.census;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the weights among a graph's initialisers. */
final class WeightReader {

    private static final Operator PACKED = Operator.ort("MatMulNBits");

    private final GraphProto graph;
    private final Set<String> descriptions = new HashSet<>();
    private final Map<String, NodeProto> packed = new HashMap<>();

    WeightReader(GraphProto graph) {
        this.graph = graph;
        for (NodeProto node : graph.getNodeList()) {
            descriptions.addAll(QuantisationRules.descriptions(node));
            if (Operator.of(node).equals(PACKED) && node.getInputCount() > 1) {
                packed.put(node.getInput(1), node);
            }
        }
        descriptions.addAll(new IntegerScales(graph).names());
    }

    StoredWeights read() throws CensusException {
        List<WeightRegion> regions = new ArrayList<>();
        long embedded = 0;
        for (TensorProto tensor : graph.getInitializerList()) {
            if (!ElementTypes.isWeight(tensor.getDataType()) || descriptions.contains(tensor.getName())) {
                continue;
            }
            try {
                if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
                    regions.add(region(tensor));
                } else if (Inferred.elements(tensor.getDimsList()) > 1) {
                    embedded = Math.addExact(embedded, numbers(tensor));
                }
            } catch (NumberFormatException e) {
                throw new CensusException(
                        "initialiser " + tensor.getName() + " lies at an offset or has a length that is no number", e);
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw new CensusException("initialiser " + tensor.getName() + " is malformed: " + e.getMessage(), e);
            }
        }
        StoredWeights weights = new StoredWeights(regions, embedded);
        try {
            Math.addExact(weights.numbers(), weights.bytes());
        } catch (ArithmeticException e) {
            throw new CensusException("the initialisers hold more than 2^63 numbers or bytes", e);
        }
        return weights;
    }

    private WeightRegion region(TensorProto tensor) {
        Map<String, String> data = tensor.getExternalDataList().stream()
                .collect(Collectors.toMap(
                        StringStringEntryProto::getKey, StringStringEntryProto::getValue, (first, again) -> first));
        long elements = Inferred.elements(tensor.getDimsList());
        long bytes =
                Math.ceilDiv(Math.multiplyExact(elements, ElementTypes.bits(tensor.getDataType())), (long) Byte.SIZE);
        long length = Long.parseLong(data.getOrDefault("length", Long.toString(bytes)));
        if (length != bytes) {
            throw new IllegalArgumentException("it is " + length + " bytes long, but its type and shape need " + bytes);
        }
        return new WeightRegion(
                tensor.getName(),
                data.getOrDefault("location", ""),
                Long.parseLong(data.getOrDefault("offset", "0")),
                length,
                type(tensor),
                numbers(tensor));
    }

    private long numbers(TensorProto tensor) {
        return packed.containsKey(tensor.getName())
                ? ProductRules.packedNumbers(packed.get(tensor.getName()).getAttributeList())
                : Inferred.elements(tensor.getDimsList());
    }

    private String type(TensorProto tensor) {
        NodeProto node = packed.get(tensor.getName());
        if (node == null) {
            return ElementTypes.name(tensor.getDataType());
        }
        return "int" + new NodeView(node, List.of(), List.of()).number("bits", 4);
    }
}
