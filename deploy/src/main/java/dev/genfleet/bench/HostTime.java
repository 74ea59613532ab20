package dev.genfleet.bench;

import dev.genfleet.job.Priority;
import java.io.PrintWriter;
import java.util.Locale;

/** What a step costs outside the denoiser's forward: packing rows, guidance, the scheduler, choosing, progress. */
final class HostTime {

    private HostTime() {}

    static void report(EngineRun engine, int steps, PrintWriter out) throws Exception {
        engine.forwards().reset();
        var unused = engine.submit(steps, Priority.STANDARD).seconds().get();
        out.printf(
                Locale.ROOT,
                "%none job alone: forward of %.1f rows %.2f ms, beside it %.0f µs, %.2f %% of a step%n",
                engine.forwards().rowsOfForward(),
                engine.forwards().forwardMillis(),
                engine.forwards().hostMicros(),
                100 * engine.forwards().hostShare());
        out.flush();
    }
}
