package dev.genfleet.importer.census;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** Every tensor that a real ONNX Runtime makes of a graph, its inputs all zero. */
final class RuntimeTensors {

    private RuntimeTensors() {}

    /** Runs a graph, written beside its weights into {@code folder}, with every node's outputs among its own. */
    static Map<String, Inferred> of(ModelProto model, Path folder, List<GraphPort> inputs) throws Exception {
        ModelProto.Builder open = model.toBuilder();
        Set<String> outputs = new HashSet<>();
        model.getGraph().getOutputList().forEach(output -> outputs.add(output.getName()));
        for (NodeProto node : model.getGraph().getNodeList()) {
            for (String output : node.getOutputList()) {
                if (!output.isEmpty() && outputs.add(output)) {
                    open.getGraphBuilder().addOutput(ValueInfoProto.newBuilder().setName(output));
                }
            }
        }
        Path file =
                Files.write(folder.resolve("every_tensor.onnx"), open.build().toByteArray());
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> fed = new HashMap<>();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
            try (OrtSession session = environment.createSession(file.toString(), options)) {
                for (GraphPort input : inputs) {
                    fed.put(input.name(), zeros(environment, input));
                }
                Map<String, Inferred> tensors = new LinkedHashMap<>();
                try (OrtSession.Result result = session.run(fed)) {
                    for (Map.Entry<String, ai.onnxruntime.OnnxValue> output : result) {
                        tensors.put(output.getKey(), described((OnnxTensor) output.getValue()));
                    }
                }
                return tensors;
            }
        } finally {
            fed.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor zeros(OrtEnvironment environment, GraphPort input) throws OrtException {
        long[] shape = input.shape().stream().mapToLong(Long::longValue).toArray();
        int elements = (int) Inferred.elements(input.shape());
        return switch (input.type()) {
            case "float" -> OnnxTensor.createTensor(environment, FloatBuffer.allocate(elements), shape);
            case "int64" -> OnnxTensor.createTensor(environment, LongBuffer.allocate(elements), shape);
            default -> throw new AssertionError("input of type " + input.type());
        };
    }

    private static Inferred described(OnnxTensor tensor) throws OrtException {
        TensorInfo info = tensor.getInfo();
        int type = ai.onnx.proto.OnnxMl.TensorProto.DataType.valueOf(
                        info.onnxType.name().replace("ONNX_TENSOR_ELEMENT_DATA_TYPE_", ""))
                .getNumber();
        List<Long> shape = LongStream.of(info.getShape()).boxed().toList();
        Optional<List<Double>> numbers =
                Inferred.elements(shape) > Inferred.MOST_NUMBERS ? Optional.empty() : numbers(tensor);
        return new Inferred(type, shape, numbers);
    }

    private static Optional<List<Double>> numbers(OnnxTensor tensor) {
        List<Double> numbers = new ArrayList<>();
        switch (tensor.getInfo()
                .onnxType
                .name()
                .toLowerCase(Locale.ROOT)
                .replace("onnx_tensor_element_data_type_", "")) {
            case "float" -> {
                FloatBuffer floats = tensor.getFloatBuffer();
                while (floats.hasRemaining()) {
                    numbers.add((double) floats.get());
                }
            }
            case "int64" -> {
                LongBuffer longs = tensor.getLongBuffer();
                while (longs.hasRemaining()) {
                    numbers.add((double) longs.get());
                }
            }
            case "bool" -> {
                var bytes = tensor.getByteBuffer();
                while (bytes.hasRemaining()) {
                    numbers.add((double) bytes.get());
                }
            }
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(numbers);
    }
}
