package dev.genfleet.check;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.genfleet.importer.plain.GraphRunner;
import dev.genfleet.importer.plain.PlainTensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Graphs in ONNX Runtime on the CPU, each in a session of its own that ends with the run. */
public final class OrtGraphRunner implements GraphRunner {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

    @Override
    public Map<String, PlainTensor> run(Path model, Map<String, PlainTensor> inputs) throws IOException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            options.setMemoryPatternOptimization(false); // one run does not repay planning for the next
            try (OrtSession session = environment.createSession(model.toString(), options)) {
                return run(model, session, inputs);
            }
        } catch (OrtException e) {
            throw new IOException(model + " cannot be run: " + e.getMessage(), e);
        }
    }

    private Map<String, PlainTensor> run(Path model, OrtSession session, Map<String, PlainTensor> inputs)
            throws OrtException, IOException {
        if (!session.getInputNames().equals(inputs.keySet())) {
            throw new IOException(model + " takes " + new TreeSet<>(session.getInputNames()) + ", but is given "
                    + new TreeSet<>(inputs.keySet()));
        }
        Map<String, OnnxTensor> fed = new TreeMap<>();
        try {
            for (NodeInfo declared : session.getInputInfo().values()) {
                PlainTensor input = inputs.get(declared.getName());
                OnnxJavaType type = ((TensorInfo) declared.getInfo()).type;
                fed.put(
                        declared.getName(),
                        switch (type) {
                            case FLOAT -> floats(input);
                            case INT64 -> longs(input);
                            default ->
                                throw new IOException(model + " takes " + declared.getName() + " as " + type
                                        + ", but imported graphs take floats and 64-bit whole numbers");
                        });
            }
            Map<String, PlainTensor> outputs = new LinkedHashMap<>();
            try (OrtSession.Result result = session.run(fed)) {
                for (Map.Entry<String, OnnxValue> output : result) {
                    outputs.put(output.getKey(), plain((OnnxTensor) output.getValue()));
                }
            }
            return outputs;
        } finally {
            fed.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor floats(PlainTensor input) throws OrtException {
        FloatBuffer floats = FloatBuffer.allocate(input.values().length);
        for (double value : input.values()) {
            floats.put((float) value);
        }
        return OnnxTensor.createTensor(environment, floats.flip(), sides(input));
    }

    private OnnxTensor longs(PlainTensor input) throws OrtException {
        LongBuffer longs = LongBuffer.allocate(input.values().length);
        for (double value : input.values()) {
            longs.put((long) value);
        }
        return OnnxTensor.createTensor(environment, longs.flip(), sides(input));
    }

    private static long[] sides(PlainTensor input) {
        return Arrays.stream(input.shape()).asLongStream().toArray();
    }

    private static PlainTensor plain(OnnxTensor output) {
        FloatBuffer floats = output.getFloatBuffer();
        double[] values = new double[floats.remaining()];
        for (int i = 0; i < values.length; i++) {
            values[i] = floats.get(i);
        }
        return new PlainTensor(
                values,
                Arrays.stream(output.getInfo().getShape())
                        .mapToInt(Math::toIntExact)
                        .toArray());
    }
}
