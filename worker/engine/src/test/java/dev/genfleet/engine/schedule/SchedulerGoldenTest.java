package dev.genfleet.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.golden.Golden;
import dev.genfleet.model.NoiseSchedule;
import dev.genfleet.model.PredictionType;
import dev.genfleet.sampling.VarianceType;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Golden: runs of the official diffusion code on an untrained DiT; the recorded (already guided) predictions are replayed. The
 * tolerance is relative to each step's largest value, because the latents of an untrained model grow to some hundred.
 */
final class SchedulerGoldenTest {

    private static final double RELATIVE_TOLERANCE = 1e-4;
    private static final int STEPS = 20;
    private static final NoiseSchedule PROCESS = new NoiseSchedule(1000, 1e-4, 0.02);

    @Test
    void ddpmWithGuidance() throws IOException {
        replay("ddpm_20_cfg4", ddpm(Clipping.NONE), 4);
    }

    @Test
    void ddpmWithoutGuidance() throws IOException {
        replay("ddpm_20_nocfg", ddpm(Clipping.NONE), 2);
    }

    @Test
    void ddpmClipped() throws IOException {
        replay("ddpm_20_nocfg_clip", ddpm(Clipping.UNIT), 2);
    }

    @Test
    void ddim() throws IOException {
        replay("ddim_20_cfg4_eta0", new DdimScheduler(tables("20"), PredictionType.EPSILON, 0, Clipping.NONE), 4);
    }

    @Test
    void ddimWithIntegerStride() throws IOException {
        replay(
                "ddim_ddim20_cfg4_eta0",
                new DdimScheduler(tables("ddim20"), PredictionType.EPSILON, 0, Clipping.NONE),
                4);
    }

    private static void replay(String name, NoiseScheduler scheduler, int rows) throws IOException {
        Golden golden = Golden.read("dit_tiny/" + name);
        long[] timesteps = golden.longs("model_t");
        assertThat(scheduler.steps()).isEqualTo(STEPS);
        for (int row = 0; row < rows; row++) {
            float[] latents = golden.row("z", rows, row);
            for (int step = 0; step < STEPS; step++) {
                assertThat(scheduler.timestep(step)).isEqualTo((float) timesteps[step]);
                int index = step * rows + row;
                scheduler.step(
                        step,
                        latents,
                        golden.row("model_out", STEPS * rows, index),
                        golden.row("noise", STEPS * rows, index),
                        new float[0][]);
                float[] expected = golden.row("x", STEPS * rows, index);
                assertThat(relativeError(latents, expected))
                        .as("row %d after step %d", row, step)
                        .isLessThan(RELATIVE_TOLERANCE);
            }
            assertThat(relativeError(latents, golden.row("final", rows, row))).isLessThan(RELATIVE_TOLERANCE);
        }
    }

    private static double relativeError(float[] actual, float[] expected) {
        double largest = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            error = Math.max(error, Math.abs(actual[i] - expected[i]));
        }
        return error / largest;
    }

    private static DdpmScheduler ddpm(Clipping clipping) {
        return new DdpmScheduler(tables("20"), PredictionType.EPSILON, VarianceType.LEARNED_RANGE, clipping);
    }

    private static DiffusionTables tables(String form) {
        return DiffusionTables.of(PROCESS, Respacing.parse(1000, form));
    }
}
