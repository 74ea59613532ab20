package dev.genfleet.importer;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A graph in a real ONNX Runtime on the CPU. */
public final class OrtGraph implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    public OrtGraph(Path model) throws OrtException {
        this(model, 2);
    }

    public OrtGraph(Path model, int threads) throws OrtException {
        this(model, threads, Optional.empty());
    }

    private OrtGraph(Path model, int threads, Optional<Path> optimised) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            // As the workers run: threads that spin while they wait would take the cores from the next session under
            // test.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            if (optimised.isPresent()) {
                options.setOptimizedModelFilePath(optimised.get().toString());
            }
            session = environment.createSession(model.toString(), options);
        }
    }

    /** Also writes what the runtime made of the graph. */
    public static OrtGraph savingOptimised(Path model, Path optimised) throws OrtException {
        return new OrtGraph(model, 2, Optional.of(optimised));
    }

    /** Runs with inputs by name; integers are given as floats too. Returns the first output. */
    public Tensor run(Map<String, Tensor> inputs) throws OrtException {
        return runAll(inputs).values().iterator().next();
    }

    /** Runs with inputs by name; returns every output by name. */
    public Map<String, Tensor> runAll(Map<String, Tensor> inputs) throws OrtException {
        Map<String, OnnxTensor> fed = new HashMap<>();
        try {
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                fed.put(input.getKey(), tensor(input.getKey(), input.getValue()));
            }
            Map<String, Tensor> outputs = new LinkedHashMap<>();
            try (OrtSession.Result result = session.run(fed)) {
                for (Map.Entry<String, OnnxValue> named : result) {
                    OnnxTensor output = (OnnxTensor) named.getValue();
                    FloatBuffer buffer = output.getFloatBuffer();
                    float[] values = new float[buffer.remaining()];
                    buffer.get(values);
                    outputs.put(
                            named.getKey(), new Tensor(values, output.getInfo().getShape()));
                }
            }
            return outputs;
        } finally {
            fed.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor tensor(String name, Tensor given) throws OrtException {
        TensorInfo info = (TensorInfo) session.getInputInfo().get(name).getInfo();
        if (info.type == OnnxJavaType.INT64) {
            LongBuffer longs = LongBuffer.allocate(given.values().length);
            for (float value : given.values()) {
                longs.put((long) value);
            }
            return OnnxTensor.createTensor(environment, longs.flip(), given.shape());
        }
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(given.values()), given.shape());
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
