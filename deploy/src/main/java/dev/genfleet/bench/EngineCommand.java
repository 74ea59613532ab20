package dev.genfleet.bench;

import dev.genfleet.engine.EngineSettings;
import dev.genfleet.importer.precision.Precision;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the engine alone: what sharing forwards gains, what a step costs beside them, and how soon urgent jobs end. */
@Command(
        name = "engine",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the engine in this process, without the fleet, and prints: the device's rate of matrix products; a step's"
                    + " time outside the denoiser; pictures per second and latency with 1 to 16 jobs in flight; short interactive"
                    + " jobs behind long ones, step batching against first in, first out; and what putting a job"
                    + " aside, going on with it, and checkpoints cost.",
            "Run it on a quiet machine. With --device cuda:0 it needs a build with -Pcuda."
        })
final class EngineCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelChoice choice;

    @Option(names = "--threads", description = "Threads of a denoiser on the processor (default: one a core).")
    private Optional<Integer> threads = Optional.empty();

    @Option(names = "--rows", defaultValue = "16", description = "Most rows of a forward (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(names = "--jobs", defaultValue = "16", description = "Jobs of each line (default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Option(names = "--steps", defaultValue = "10", description = "Steps of a job (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Mixin
    private KeptFolder folder;

    @Override
    public Integer call() throws Exception {
        folder.use(this::run);
        return 0;
    }

    private void run(Path folder) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        BenchedModel benched = choice.make(folder);
        EngineSettings usual = EngineSettings.on(choice.device()).withMaxRows(rows);
        EngineSettings settings = threads.map(usual::withDenoiserThreads).orElse(usual);
        try (EngineRun engine = EngineRun.open(benched, settings)) {
            double macs = MatrixRate.measure(
                    settings.device(),
                    settings.threads().denoiser(),
                    choice.precision() == Precision.FP16 ? Precision.FP16 : Precision.FP32);
            out.printf(
                    Locale.ROOT,
                    "%s: matrix products %.1f GMAC/s, one row %.2f GMAC%n",
                    choice,
                    macs / 1e9,
                    benched.macsOfRow() / 1e9);
            out.flush();
            engine.warmUp(2 * steps);
            HostTime.report(engine, 2 * steps, out);
            Concurrency.report(engine, jobs, steps, macs / benched.macsOfRow(), out);
            new Overtaking(engine, 4 * steps, Math.max(1, steps / 4)).report(out);
            Resuming.report(engine, 2 * steps, out);
            try (EngineRun everyStep = EngineRun.open(benched, settings.withCheckpointEvery(Duration.ofNanos(1)))) {
                everyStep.warmUp(2 * steps);
                HostTime.reportCheckpoints(
                        engine, everyStep, 2 * steps, settings.stepping().checkpointEvery(), out);
            }
        }
    }
}
