package dev.genfleet.engine;

import dev.genfleet.engine.device.Denoiser;
import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.ForwardPass;
import dev.genfleet.engine.device.Motion;
import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.model.LatentShape;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Predicts a simple function of latents, timestep and label, and keeps what it was asked: each forward's labels. Labels can be
 * poisoned: rows of {@code poison} come out as NaN, forwards with {@code refuse} throw.
 */
final class ScriptedDenoiser implements Denoiser {

    final List<List<Long>> forwards = new ArrayList<>();
    Optional<Long> poison = Optional.empty();
    Optional<Long> refuse = Optional.empty();
    int refusals = Integer.MAX_VALUE;

    @Override
    public ForwardPass prepare(LatentShape shape, int maxRows) {
        return new Pass(shape.elements(), maxRows);
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    private final class Pass implements ForwardPass {
        private final int elements;
        private final FloatBuffer latents;
        private final FloatBuffer timesteps;
        private final LongBuffer classLabels;
        private final FloatBuffer prediction;

        Pass(int elements, int maxRows) {
            this.elements = elements;
            this.latents = FloatBuffer.allocate(maxRows * elements);
            this.timesteps = FloatBuffer.allocate(maxRows);
            this.classLabels = LongBuffer.allocate(maxRows);
            this.prediction = FloatBuffer.allocate(maxRows * 2 * elements);
        }

        @Override
        public FloatBuffer latents() {
            return latents;
        }

        @Override
        public void timestep(int row, float timestep) {
            timesteps.put(row, timestep);
        }

        @Override
        public void motion(int row, Motion motion) {
            // Pictures do not move.
        }

        @Override
        public void condition(int row, RowConditioning conditioning) {
            classLabels.put(row, ((RowConditioning.OfClass) conditioning).label());
        }

        @Override
        public FloatBuffer prediction() {
            return prediction;
        }

        @Override
        public int predictionElements() {
            return 2 * elements;
        }

        @Override
        public void run(int rows) throws DeviceFault {
            List<Long> labels = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                labels.add(classLabels.get(row));
            }
            forwards.add(labels);
            if (refuse.isPresent() && labels.contains(refuse.get()) && refusals-- > 0) {
                throw new DeviceFault("scripted fault", new IllegalStateException());
            }
            for (int row = 0; row < rows; row++) {
                predict(row, labels.get(row));
            }
        }

        private void predict(int row, long label) {
            boolean poisoned = poison.isPresent() && poison.get() == label;
            float shift = timesteps.get(row) / 1000 + label / 10f;
            for (int i = 0; i < elements; i++) {
                float value = latents.get(row * elements + i) * 0.5f + shift;
                prediction.put(row * 2 * elements + i, poisoned ? Float.NaN : value);
                prediction.put((row * 2 + 1) * elements + i, 0.25f);
            }
        }

        @Override
        public void close() {
            // Heap buffers.
        }
    }
}
