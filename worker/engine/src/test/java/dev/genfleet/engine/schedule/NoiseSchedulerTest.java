package dev.genfleet.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.genfleet.job.TimestepSpacing;
import dev.genfleet.model.NoiseSchedule;
import dev.genfleet.model.PredictionType;
import dev.genfleet.sampling.VarianceType;
import org.junit.jupiter.api.Test;

final class NoiseSchedulerTest {

    private static final DiffusionTables TABLES =
            DiffusionTables.of(new NoiseSchedule(1000, 1e-4, 0.02), Respacing.parse(1000, "10"));

    /** With eta 1 DDIM's variance is DDPM's posterior variance, and so are its means (Song et al. 2021, section 4.1). */
    @Test
    void ddimWithEtaOneIsDdpmWithTheSmallVariance() {
        NoiseScheduler ddpm =
                new DdpmScheduler(TABLES, PredictionType.EPSILON, VarianceType.FIXED_SMALL, Clipping.NONE);
        NoiseScheduler ddim = new DdimScheduler(TABLES, PredictionType.EPSILON, 1, Clipping.NONE);
        float[] left = {0.3f, -1.2f, 0.8f};
        float[] right = left.clone();
        float[] prediction = {0.2f, -0.7f, 1.1f};
        float[] noise = {1.3f, 0.1f, -0.4f};
        for (int step = 0; step < ddpm.steps(); step++) {
            ddpm.step(step, left, prediction, noise, new float[0][]);
            ddim.step(step, right, prediction, noise, new float[0][]);
            assertThat(right).containsExactly(left, within(2e-4f));
        }
    }

    /** The same over diffusers' spacing, where each step of both goes to the next training step visited. */
    @Test
    void spacedDdimWithEtaOneIsSpacedDdpmWithTheSmallVariance() {
        NoiseSchedule process = new NoiseSchedule(1000, 1e-4, 0.02);
        double[] visited = new Spacing(1000, 10, 0).single(TimestepSpacing.Kind.LEADING);
        NoiseScheduler ddpm = new SpacedDdpmScheduler(process, visited, VarianceType.FIXED_SMALL, Clipping.NONE);
        NoiseScheduler ddim =
                new SpacedDdimScheduler(process, visited, 1, SpacedDdimScheduler.End.WITHOUT_NOISE, Clipping.NONE);
        float[] left = {0.3f, -1.2f, 0.8f};
        float[] right = left.clone();
        float[] prediction = {0.2f, -0.7f, 1.1f};
        float[] noise = {1.3f, 0.1f, -0.4f};
        for (int step = 0; step < ddpm.steps(); step++) {
            ddpm.step(step, left, prediction, noise, new float[0][]);
            ddim.step(step, right, prediction, noise, new float[0][]);
            assertThat(right).containsExactly(left, within(2e-4f));
        }
    }

    @Test
    void theLargeFixedVarianceIsBeta() {
        NoiseScheduler large =
                new DdpmScheduler(TABLES, PredictionType.EPSILON, VarianceType.FIXED_LARGE, Clipping.NONE);
        float[] quiet = {0f};
        float[] noisy = {0f};
        large.step(0, quiet, new float[1], new float[1], new float[0][]);
        large.step(0, noisy, new float[1], new float[] {1f}, new float[0][]);
        assertThat((double) (noisy[0] - quiet[0])).isCloseTo(Math.sqrt(TABLES.beta(9)), within(1e-6));
    }

    @Test
    void noiseIsNeededOnlyWhereItCounts() {
        NoiseScheduler ddpm =
                new DdpmScheduler(TABLES, PredictionType.EPSILON, VarianceType.LEARNED_RANGE, Clipping.NONE);
        assertThat(ddpm.needsNoise(8)).isTrue();
        assertThat(ddpm.needsNoise(9)).isFalse();
        assertThat(new DdimScheduler(TABLES, PredictionType.EPSILON, 0, Clipping.NONE).needsNoise(0))
                .isFalse();
        assertThat(new DdimScheduler(TABLES, PredictionType.EPSILON, 0.5, Clipping.NONE).needsNoise(0))
                .isTrue();
    }
}
