package dev.genfleet.importer.census;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a constant holds in the graph itself, where it is short and of a type that shape arithmetic uses. */
final class TensorNumbers {

    private TensorNumbers() {}

    static Inferred inferred(TensorProto tensor) {
        List<Long> shape = tensor.getDimsList();
        long elements = Inferred.elements(shape);
        Optional<List<Double>> numbers = elements > Inferred.MOST_NUMBERS ? Optional.empty() : numbers(tensor);
        return numbers.filter(found -> found.size() == elements)
                .map(found -> Inferred.known(tensor.getDataType(), shape, found))
                .orElseGet(() -> Inferred.of(tensor.getDataType(), shape));
    }

    private static Optional<List<Double>> numbers(TensorProto tensor) {
        if (tensor.hasRawData()) {
            return raw(tensor);
        }
        return switch (tensor.getDataType()) {
            case DataType.FLOAT_VALUE ->
                Optional.of(tensor.getFloatDataList().stream()
                        .map(Float::doubleValue)
                        .toList());
            case DataType.DOUBLE_VALUE -> Optional.of(tensor.getDoubleDataList());
            case DataType.INT64_VALUE ->
                Optional.of(tensor.getInt64DataList().stream()
                        .map(Long::doubleValue)
                        .toList());
            case DataType.INT32_VALUE, DataType.BOOL_VALUE ->
                Optional.of(tensor.getInt32DataList().stream()
                        .map(Integer::doubleValue)
                        .toList());
            default -> Optional.empty();
        };
    }

    private static Optional<List<Double>> raw(TensorProto tensor) {
        int bytes = ElementTypes.bits(tensor.getDataType()) / Byte.SIZE;
        ByteBuffer buffer = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        List<Double> numbers = new ArrayList<>();
        while (bytes > 0 && buffer.remaining() >= bytes) {
            switch (tensor.getDataType()) {
                case DataType.FLOAT_VALUE -> numbers.add((double) buffer.getFloat());
                case DataType.DOUBLE_VALUE -> numbers.add(buffer.getDouble());
                case DataType.INT64_VALUE -> numbers.add((double) buffer.getLong());
                case DataType.INT32_VALUE -> numbers.add((double) buffer.getInt());
                case DataType.BOOL_VALUE -> numbers.add((double) buffer.get());
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(numbers);
    }
}
