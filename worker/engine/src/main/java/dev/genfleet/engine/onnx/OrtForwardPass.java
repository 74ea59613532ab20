package dev.genfleet.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.ForwardPass;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelManifest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;

/**
 * Direct buffers that ONNX Runtime reads and writes in place. For each number of rows, tensors over the first rows of the same
 * buffers are made once and kept.
 */
final class OrtForwardPass implements ForwardPass {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelManifest.Denoiser graph;
    private final LatentShape shape;
    private final int outputChannels;
    private final FloatBuffer latents;
    private final FloatBuffer timesteps;
    private final LongBuffer classLabels;
    private final FloatBuffer prediction;
    private final Binding[] bindings;

    OrtForwardPass(
            OrtEnvironment environment,
            OrtSession session,
            ModelManifest.Denoiser graph,
            LatentShape shape,
            int outputChannels,
            int maxRows) {
        this.environment = environment;
        this.session = session;
        this.graph = graph;
        this.shape = shape;
        this.outputChannels = outputChannels;
        this.latents = floats(maxRows * shape.elements());
        this.timesteps = floats(maxRows);
        this.classLabels = direct(Math.multiplyExact(maxRows, Long.BYTES)).asLongBuffer();
        this.prediction = floats(maxRows * predictionElements());
        this.bindings = new Binding[maxRows + 1];
    }

    private static FloatBuffer floats(int count) {
        return direct(Math.multiplyExact(count, Float.BYTES)).asFloatBuffer();
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public FloatBuffer latents() {
        return latents;
    }

    @Override
    public FloatBuffer timesteps() {
        return timesteps;
    }

    @Override
    public LongBuffer classLabels() {
        return classLabels;
    }

    @Override
    public FloatBuffer prediction() {
        return prediction;
    }

    @Override
    public int predictionElements() {
        return outputChannels * shape.height() * shape.width();
    }

    @Override
    public void run(int rows) throws DeviceFault {
        try {
            Binding binding = bindings[rows];
            if (binding == null) {
                binding = bind(rows);
                bindings[rows] = binding;
            }
            // The result owns nothing, because the one output is pinned.
            session.run(binding.inputs(), binding.outputs()).close();
        } catch (OrtException e) {
            throw new DeviceFault(e.getMessage(), e);
        }
    }

    private Binding bind(int rows) throws OrtException {
        long[] input = {rows, shape.channels(), shape.height(), shape.width()};
        long[] output = {rows, outputChannels, shape.height(), shape.width()};
        long[] perRow = {rows};
        return new Binding(
                Map.of(
                        graph.latents(),
                                OnnxTensor.createTensor(environment, latents.slice(0, rows * shape.elements()), input),
                        graph.timesteps(), OnnxTensor.createTensor(environment, timesteps.slice(0, rows), perRow),
                        graph.classLabels().orElseThrow(),
                                OnnxTensor.createTensor(environment, classLabels.slice(0, rows), perRow)),
                Map.of(
                        graph.output(),
                        OnnxTensor.createTensor(
                                environment, prediction.slice(0, rows * predictionElements()), output)));
    }

    @Override
    public void close() {
        for (int rows = 0; rows < bindings.length; rows++) {
            if (bindings[rows] != null) {
                bindings[rows].inputs().values().forEach(OnnxTensor::close);
                bindings[rows].outputs().values().forEach(OnnxTensor::close);
                bindings[rows] = null;
            }
        }
    }

    private record Binding(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {}
}
