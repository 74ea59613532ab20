package dev.genfleet.importer.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.schedule.NoiseScheduler;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Golden: runs of diffusers' schedulers, each built here from the same configuration as a package's file. The recorded predictions
 * are replayed and nothing else, so errors add up over a run. The tolerance is relative to each step's largest value: 32-bit sums in
 * another order, over up to 20 steps.
 */
class SchedulerGoldenTest {

    private static final double RELATIVE_TOLERANCE = 5e-6;

    static Stream<GoldenRun> runs() throws Exception {
        return GoldenRun.all();
    }

    @ParameterizedTest
    @MethodSource("runs")
    void latentsFollowTheRecordedRun(GoldenRun run) throws Exception {
        NoiseScheduler scheduler = run.scheduler();
        double[] timesteps = run.doubles("timesteps");
        assertThat(scheduler.steps()).isEqualTo(run.steps()).isEqualTo(timesteps.length);
        assertThat((double) scheduler.initialDeviation())
                .isEqualTo(run.entry().get("init_noise_sigma").asDouble());
        for (int row = 0; row < GoldenRun.ROWS; row++) {
            float[] latents = run.initial(row);
            float[][] history = new float[scheduler.historyLength()][latents.length];
            for (int step = 0; step < scheduler.steps(); step++) {
                assertThat(scheduler.timestep(step)).as("timestep %d", step).isEqualTo((float) timesteps[step]);
                assertThat(distance(scaled(latents, scheduler.inputScale(step)), run.row("model_in", step, row)))
                        .as("input of step %d", step)
                        .isLessThan(RELATIVE_TOLERANCE);
                float[] noise = scheduler.needsNoise(step) ? run.row("noise", step, row) : new float[0];
                scheduler.step(step, latents, run.row("model_out", step, row), noise, history);
                assertThat(distance(latents, run.row("x", step, row)))
                        .as("latents after step %d", step)
                        .isLessThan(RELATIVE_TOLERANCE);
            }
        }
    }

    private static double distance(float[] actual, float[] expected) {
        double largest = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            error = Math.max(error, Math.abs(actual[i] - expected[i]));
        }
        return error / largest;
    }

    private static float[] scaled(float[] latents, float factor) {
        float[] input = new float[latents.length];
        for (int i = 0; i < latents.length; i++) {
            input[i] = latents[i] * factor;
        }
        return input;
    }
}
