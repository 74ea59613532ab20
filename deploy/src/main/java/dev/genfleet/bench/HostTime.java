package dev.genfleet.bench;

import dev.genfleet.job.Priority;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** What a step costs outside the denoiser's forward: packing rows, guidance, the scheduler, choosing, progress. */
final class HostTime {

    private HostTime() {}

    /** Prints it, and returns the microseconds of a step. */
    static double report(EngineRun engine, int steps, PrintWriter out) throws Exception {
        measure(engine, steps);
        out.printf(
                Locale.ROOT,
                "%none job alone: forward of %.1f rows %.2f ms, beside it %.0f µs, %.2f %% of a step%n",
                engine.forwards().rowsOfForward(),
                engine.forwards().forwardMillis(),
                engine.forwards().hostMicros(),
                100 * engine.forwards().hostShare());
        out.flush();
        return engine.forwards().hostMicros();
    }

    /** Prints what a checkpoint after every step adds, and what that is where they are usual: one in so many seconds. */
    static void reportCheckpoints(EngineRun everyStep, int steps, Duration usual, double plain, PrintWriter out)
            throws Exception {
        measure(everyStep, steps);
        double micros = Math.max(0, everyStep.forwards().hostMicros() - plain);
        out.printf(
                Locale.ROOT,
                "%na checkpoint adds %.0f µs on the engine's thread; one every %.0f s is %.4f %% of the time%n",
                micros,
                usual.toMillis() / 1e3,
                100 * micros / 1e6 / (usual.toMillis() / 1e3));
        out.flush();
    }

    private static void measure(EngineRun engine, int steps) throws Exception {
        engine.forwards().reset();
        var unused = engine.submit(steps, Priority.STANDARD).seconds().get();
    }
}
