package dev.genfleet.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.model.NoiseSchedule;
import dev.genfleet.model.PredictionType;
import dev.genfleet.sampling.NoiseLevels;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A denoiser that knows the one picture there is answers from signal and noise of the timestep that it is told. Then every step of
 * every sampler must show that picture, and the last one end at it, whatever noise was added on the way.
 */
final class IdealDenoiserTest {

    private static final int SIZE = 32;

    @Test
    void itsPictureIsShownAndReached() {
        int checked = 0;
        for (EverySampler way : EverySampler.all()) {
            NoiseScheduler scheduler = way.scheduler();
            if (tellsItsLevels(way, scheduler)) {
                sample(way, scheduler);
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(300);
    }

    /** Whole timesteps that stand for levels between, as multistep solvers tell them, are no ground to compute on. */
    private static boolean tellsItsLevels(EverySampler way, NoiseScheduler scheduler) {
        boolean multistep = scheduler instanceof DpmSolverScheduler || scheduler instanceof UniPcScheduler;
        return !multistep
                || (!way.process().flow() && !way.spec().useKarrasSigmas().orElse(false));
    }

    private static void sample(EverySampler way, NoiseScheduler scheduler) {
        SplittableRandom random = new SplittableRandom(7);
        float[] picture = new float[SIZE];
        float[] latents = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            picture[i] = (float) random.nextDouble(-1, 1);
            latents[i] = (float) random.nextGaussian() * scheduler.initialDeviation();
        }
        float[][] history = new float[scheduler.historyLength()][SIZE];
        float[] noise = new float[SIZE];
        float[] shown = new float[SIZE];
        for (int step = 0; step < scheduler.steps(); step++) {
            double signal = signal(way.process(), scheduler, step);
            float[] prediction = prediction(way.process(), scheduler, step, latents, picture);
            scheduler.denoised(step, latents, prediction, shown);
            // Tables of 32 bits know little noise to 1e-3 of it. A predicted noise is divided by the signal, and with
            // it the rounding
            // of latents of order 4.
            double tolerance =
                    1e-3 + (way.process().predictionType() == PredictionType.EPSILON ? 4e-6 / Math.sqrt(signal) : 0);
            assertThat(distance(shown, picture)).as("%s at step %d", way, step).isLessThan(tolerance);
            for (int i = 0; i < SIZE; i++) {
                noise[i] = (float) random.nextGaussian();
            }
            scheduler.step(step, latents, prediction, noise, history);
        }
        if (!scheduler.needsNoise(scheduler.steps() - 1)) {
            // Where noise may stay it is that of the first training steps, of order 0.1 · 4.
            assertThat(distance(latents, picture)).as("%s at the end", way).isLessThan(leavesNoise(way) ? 0.5 : 2e-3);
        }
    }

    private static boolean leavesNoise(EverySampler way) {
        return way.sampling()
                .flatMap(sampling -> sampling.noiseLevels())
                .flatMap(NoiseLevels::finalSigmasType)
                .isPresent();
    }

    private static float[] prediction(
            NoiseSchedule process, NoiseScheduler scheduler, int step, float[] latents, float[] picture) {
        double signal = signal(process, scheduler, step);
        double sigma = process.flow() ? scheduler.timestep(step) / process.trainSteps() : Math.sqrt(1 - signal);
        double alpha = process.flow() ? 1 - sigma : Math.sqrt(signal);
        float[] prediction = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            double noise = ((double) latents[i] * scheduler.inputScale(step) - alpha * picture[i]) / sigma;
            prediction[i] = (float)
                    switch (process.predictionType()) {
                        case EPSILON -> noise;
                        case SAMPLE -> picture[i];
                        case V_PREDICTION -> alpha * noise - sigma * picture[i];
                        case FLOW_PREDICTION -> noise - picture[i];
                    };
        }
        return prediction;
    }

    /** ᾱ in float64: of the timestep told, or of the scale of the input where timesteps lie between training steps. */
    private static double signal(NoiseSchedule process, NoiseScheduler scheduler, int step) {
        if (scheduler instanceof EulerScheduler || scheduler instanceof EulerAncestralScheduler) {
            return (double) scheduler.inputScale(step) * scheduler.inputScale(step);
        }
        if (process.flow()) {
            return 1;
        }
        double product = 1;
        double first = 0;
        double here = 0;
        double[] betas = Betas.of(process);
        for (int t = 0; t < betas.length; t++) {
            product *= 1 - betas[t];
            first = t == 0 ? product : first;
            here = t == (int) scheduler.timestep(step) ? product : here;
        }
        if (!process.endsInNoise()) {
            return here;
        }
        double last = Math.sqrt(product);
        double root = (Math.sqrt(here) - last) * Math.sqrt(first) / (Math.sqrt(first) - last);
        boolean divides = scheduler instanceof DpmSolverScheduler || scheduler instanceof UniPcScheduler;
        return root == 0 && divides ? 0x1p-24 : root * root;
    }

    private static double distance(float[] actual, float[] expected) {
        double distance = 0;
        for (int i = 0; i < expected.length; i++) {
            distance = Math.max(distance, Math.abs(actual[i] - expected[i]));
        }
        return distance;
    }
}
