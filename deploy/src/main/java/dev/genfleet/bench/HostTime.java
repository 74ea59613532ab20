package dev.genfleet.bench;

import dev.genfleet.job.Priority;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** What a step costs outside the denoiser's forward: packing rows, guidance, the scheduler, choosing, progress. */
final class HostTime {

    private static final int ROUNDS = 5;

    private HostTime() {}

    static void report(EngineRun engine, int steps, PrintWriter out) throws Exception {
        measure(engine, steps);
        out.printf(
                Locale.ROOT,
                "%none job alone: forward of %.1f rows %.2f ms, beside it %.0f µs, %.2f %% of a step%n",
                engine.forwards().rowsOfForward(),
                engine.forwards().forwardMillis(),
                engine.forwards().hostMicros(),
                100 * engine.forwards().hostShare());
        out.flush();
    }

    /** Prints what a step costs outside the forward with and without a checkpoint at its end, engines in turns. */
    static void reportCheckpoints(EngineRun plain, EngineRun everyStep, int steps, Duration usual, PrintWriter out)
            throws Exception {
        double[] without = new double[ROUNDS];
        double[] with = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            measure(plain, steps);
            without[round] = plain.forwards().hostMicros();
            measure(everyStep, steps);
            with[round] = everyStep.forwards().hostMicros();
        }
        double difference = Quantile.of(with, 0.5) - Quantile.of(without, 0.5);
        out.printf(
                Locale.ROOT,
                "%na checkpoint after every step: %.0f µs beside the forward, without %.0f µs; one every %.0f s: %.4f %% of the time%n",
                Quantile.of(with, 0.5),
                Quantile.of(without, 0.5),
                usual.toMillis() / 1e3,
                difference / 1e4 / (usual.toMillis() / 1e3));
        out.flush();
    }

    private static void measure(EngineRun engine, int steps) throws Exception {
        engine.forwards().reset();
        var unused = engine.submit(steps, Priority.STANDARD).seconds().get();
    }
}
