package dev.genfleet.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.genfleet.job.SamplerSpec.Scheduler;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every scheduler promises, whatever it is built from. */
final class EverySchedulerTest {

    private static final int SIZE = 64;

    private static final List<EverySampler> ALL = EverySampler.all();

    @Test
    void everySchedulerIsAmongThem() {
        assertThat(ALL).extracting(way -> way.spec().scheduler()).contains(Scheduler.values());
        assertThat(ALL).hasSizeGreaterThan(500);
    }

    /** The state is latents, history and the number of steps done: on another instance, with everything else forgotten. */
    @Test
    void aRunTakenUpAtAnyStepGivesTheSameBits() {
        for (EverySampler way : ALL) {
            NoiseScheduler other = way.scheduler();
            Run whole = new Run(way.scheduler());
            Run[] takenUp = new Run[EverySampler.STEPS];
            for (int step = 0; step < EverySampler.STEPS; step++) {
                takenUp[step] = new Run(other, whole);
                whole.take(step);
            }
            for (int from = 0; from < EverySampler.STEPS; from++) {
                for (int step = from; step < EverySampler.STEPS; step++) {
                    takenUp[from].take(step);
                }
                assertThat(takenUp[from].latents)
                        .as("%s from step %d", way, from)
                        .containsExactly(whole.latents);
            }
        }
    }

    @Test
    void latentsStayNumbers() {
        for (EverySampler way : ALL) {
            Run run = new Run(way.scheduler());
            for (int step = 0; step < EverySampler.STEPS; step++) {
                run.take(step);
                assertThat(largest(run.latents))
                        .as("%s after step %d", way, step)
                        .isLessThan(1e6f);
            }
        }
    }

    @Test
    void aStepAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().threadId();
        int elements = 1 << 16;
        float[] latents = new float[elements];
        float[] prediction = new float[2 * elements];
        float[] noise = new float[elements];
        float[] out = new float[elements];
        for (EverySampler way : ALL) {
            NoiseScheduler scheduler = way.scheduler();
            float[][] history = new float[scheduler.historyLength()][elements];
            scheduler.step(3, latents, prediction, noise, history);
            long before = threads.getThreadAllocatedBytes(id);
            scheduler.step(4, latents, prediction, noise, history);
            scheduler.denoised(5, latents, prediction, out);
            assertThat(threads.getThreadAllocatedBytes(id) - before)
                    .as("%s", way)
                    .isLessThan(elements);
        }
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value)); // NaN, too, is the largest
        }
        return largest;
    }

    /** A sample under way; predictions and noise follow from the step, and predictions from the latents too. */
    private static final class Run {
        private final NoiseScheduler scheduler;
        private final float[] latents;
        private final float[][] history;

        Run(NoiseScheduler scheduler) {
            this.scheduler = scheduler;
            latents = random(0);
            for (int i = 0; i < SIZE; i++) {
                latents[i] *= scheduler.initialDeviation();
            }
            history = new float[scheduler.historyLength()][SIZE];
        }

        Run(NoiseScheduler scheduler, Run other) {
            this.scheduler = scheduler;
            latents = other.latents.clone();
            history = Arrays.stream(other.history).map(float[]::clone).toArray(float[][]::new);
        }

        void take(int step) {
            float[] prediction = random(1000 + step);
            for (int i = 0; i < SIZE; i++) {
                float seen = latents[i] * scheduler.inputScale(step);
                prediction[i] = 0.6f * prediction[i] + 0.4f * seen / (1 + Math.abs(seen));
            }
            scheduler.step(step, latents, prediction, scheduler.needsNoise(step) ? random(100 + step) : null, history);
        }

        float[] random(int seed) {
            SplittableRandom random = new SplittableRandom(seed);
            float[] values = new float[SIZE];
            for (int i = 0; i < SIZE; i++) {
                values[i] = (float) random.nextGaussian();
            }
            return values;
        }
    }
}
