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

    /**
     * Prints what a step costs outside the forward when each ends with a checkpoint, and what that makes of one in so many seconds.
     *
     * @param plain microseconds without checkpoints
     */
    static void reportCheckpoints(EngineRun everyStep, int steps, Duration usual, double plain, PrintWriter out)
            throws Exception {
        measure(everyStep, steps);
        double with = everyStep.forwards().hostMicros();
        out.printf(
                Locale.ROOT,
                "%na checkpoint after every step: %.0f µs beside the forward, without %.0f µs; one every %.0f s: %.4f %% of the time%n",
                with,
                plain,
                usual.toMillis() / 1e3,
                Math.max(0, with - plain) / 1e4 / (usual.toMillis() / 1e3));
        out.flush();
    }

    private static void measure(EngineRun engine, int steps) throws Exception {
        engine.forwards().reset();
        var unused = engine.submit(steps, Priority.STANDARD).seconds().get();
    }
}
