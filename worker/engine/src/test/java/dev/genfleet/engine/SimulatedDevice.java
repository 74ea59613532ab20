package dev.genfleet.engine;

import dev.genfleet.engine.device.Denoiser;
import dev.genfleet.engine.device.ForwardPass;
import dev.genfleet.engine.device.Motion;
import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.model.LatentShape;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.function.IntFunction;

/** A denoiser whose forwards predict zeros and take simulated time, by a given curve of rows. */
final class SimulatedDevice implements Denoiser {

    private final ManualClock clock;
    private final IntFunction<Duration> curve;
    int rowsOfLast;
    Duration longest = Duration.ZERO;

    SimulatedDevice(ManualClock clock, IntFunction<Duration> curve) {
        this.clock = clock;
        this.curve = curve;
    }

    @Override
    public ForwardPass prepare(LatentShape shape, int maxRows) {
        FloatBuffer latents = FloatBuffer.allocate(maxRows * shape.elements());
        FloatBuffer prediction = FloatBuffer.allocate(2 * maxRows * shape.elements());
        return new ForwardPass() {
            @Override
            public FloatBuffer latents() {
                return latents;
            }

            @Override
            public void timestep(int row, float timestep) {}

            @Override
            public void motion(int row, Motion motion) {}

            @Override
            public void condition(int row, RowConditioning conditioning) {}

            @Override
            public FloatBuffer prediction() {
                return prediction;
            }

            @Override
            public int predictionElements() {
                return 2 * shape.elements();
            }

            @Override
            public void run(int rows) {
                took(rows);
            }

            @Override
            public void close() {}
        };
    }

    private void took(int rows) {
        Duration time = curve.apply(rows);
        clock.advance(time);
        rowsOfLast = rows;
        longest = time.compareTo(longest) > 0 ? time : longest;
    }

    @Override
    public void close() {}
}
