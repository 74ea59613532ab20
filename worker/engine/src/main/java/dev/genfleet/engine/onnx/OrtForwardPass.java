package dev.genfleet.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.ForwardPass;
import dev.genfleet.engine.device.Motion;
import dev.genfleet.engine.device.RowConditioning;
import java.lang.foreign.Arena;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Native buffers that ONNX Runtime reads and writes in place, freed with the pass. For each number of rows, tensors over the first rows of the same
 * buffers are made once and kept.
 */
final class OrtForwardPass implements ForwardPass {

    private final Arena arena;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final DenoiserInputs inputs;
    private final String outputName;
    private final long[] outputRow;
    private final RowBuffer.Floats prediction;
    private final FloatBuffer latents;
    private final Binding[] bindings;

    OrtForwardPass(
            Arena arena,
            OrtEnvironment environment,
            OrtSession session,
            DenoiserInputs inputs,
            String outputName,
            long[] outputRow,
            int maxRows) {
        this.arena = arena;
        this.environment = environment;
        this.session = session;
        this.inputs = inputs;
        this.outputName = outputName;
        this.outputRow = outputRow.clone();
        this.prediction = RowBuffer.floats(arena, maxRows, RowInput.elements(outputRow));
        this.latents = ((RowBuffer.Floats) inputs.latents().rows()).buffer();
        this.bindings = new Binding[maxRows + 1];
    }

    @Override
    public FloatBuffer latents() {
        return latents;
    }

    @Override
    public void timestep(int row, float timestep) {
        inputs.timestep(row, timestep);
    }

    @Override
    public void motion(int row, Motion motion) {
        inputs.motion(row, motion);
    }

    @Override
    public void condition(int row, RowConditioning conditioning) {
        inputs.condition(row, conditioning);
    }

    @Override
    public FloatBuffer prediction() {
        return prediction.buffer();
    }

    @Override
    public int predictionElements() {
        return prediction.elements();
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
        Map<String, OnnxTensor> tensors = new HashMap<>();
        for (RowInput input : inputs.all()) {
            tensors.put(input.name(), input.tensor(environment, rows));
        }
        return new Binding(
                tensors, Map.of(outputName, prediction.tensor(environment, 0, rows, RowInput.batch(rows, outputRow))));
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
        arena.close();
    }

    private record Binding(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {}
}
