package dev.genfleet.importer.census;

import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads what a graph declares of its inputs and outputs. */
final class PortReader {

    private PortReader() {}

    /** The input with every dimension a number. */
    static Inferred input(ValueInfoProto input, Map<String, Long> dimensions) throws CensusException {
        TypeProto.Tensor tensor = input.getType().getTensorType();
        if (!input.getType().hasTensorType() || !tensor.hasShape()) {
            throw new CensusException("input " + input.getName() + " declares no tensor shape");
        }
        List<Long> shape = new ArrayList<>();
        for (Dimension side : tensor.getShape().getDimList()) {
            if (side.hasDimValue()) {
                shape.add(side.getDimValue());
            } else if (dimensions.containsKey(side.getDimParam())) {
                shape.add(dimensions.get(side.getDimParam()));
            } else {
                throw new CensusException("input " + input.getName() + " leaves dimension "
                        + (side.getDimParam().isEmpty() ? "without a name" : side.getDimParam())
                        + " open, but numbers are given for " + new TreeSet<>(dimensions.keySet()) + " only");
            }
        }
        if (shape.stream().anyMatch(side -> side < 0)) {
            throw new CensusException("input " + input.getName() + " has shape " + shape);
        }
        return Inferred.of(tensor.getElemType(), shape);
    }

    static GraphPort port(ValueInfoProto port, Inferred inferred) {
        return new GraphPort(
                port.getName(),
                ElementTypes.name(inferred.type()),
                port.getType().getTensorType().getShape().getDimList().stream()
                        .map(PortReader::declared)
                        .toList(),
                inferred.shape());
    }

    private static String declared(Dimension side) {
        if (side.hasDimValue()) {
            return Long.toString(side.getDimValue());
        }
        return side.getDimParam().isEmpty() ? "?" : side.getDimParam();
    }
}
