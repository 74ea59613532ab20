package dev.genfleet.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.TextEncoder;
import dev.genfleet.engine.device.TokenVectors;
import dev.genfleet.model.ModelConditioning;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A text encoder as an ONNX Runtime session. */
final class OrtTextEncoder implements TextEncoder {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelConditioning.TextEncoder names;
    private final Set<String> outputs = new LinkedHashSet<>();

    OrtTextEncoder(OrtEnvironment environment, OrtSession session, ModelConditioning.TextEncoder names) {
        this.environment = environment;
        this.session = session;
        this.names = names;
        outputs.add(names.hiddenStates());
        names.pooled().ifPresent(outputs::add);
    }

    @Override
    public TokenVectors encode(long[] ids, long[] mask) throws DeviceFault {
        long[] shape = {1, ids.length};
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            inputs.put(names.inputIds(), OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape));
            if (names.attentionMask().isPresent()) {
                inputs.put(
                        names.attentionMask().get(),
                        OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), shape));
            }
            try (OrtSession.Result result = session.run(inputs, outputs)) {
                float[] states = floats(result, names.hiddenStates());
                Optional<float[]> pooled = Optional.empty();
                if (names.pooled().isPresent()) {
                    pooled = Optional.of(floats(result, names.pooled().get()));
                }
                return new TokenVectors(names.width(), states, mask, pooled);
            }
        } catch (OrtException | IllegalArgumentException e) {
            throw new DeviceFault(e.getMessage(), e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private static float[] floats(OrtSession.Result result, String output) {
        FloatBuffer buffer = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the text encoder's session could not be closed", e);
        }
    }
}
