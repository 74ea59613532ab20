package dev.genfleet.bench;

import dev.genfleet.importer.precision.Precision;
import dev.genfleet.local.Installation;
import dev.genfleet.local.LocalStack;
import dev.genfleet.local.Part;
import dev.genfleet.local.SampleModel;
import dev.genfleet.local.StackFolder;
import dev.genfleet.local.StackListener;
import dev.genfleet.local.StackSettings;
import dev.genfleet.local.StackSettings.Lifetime;
import dev.genfleet.local.TemporaryFolder;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a local stack of its own against a bare loop, in turns, and prints the ratios. */
@Command(
        name = "bench",
        subcommands = {EngineCommand.class, InvarianceCommand.class, RealSizeCommand.class},
        mixinStandardHelpOptions = true,
        description = {
            "Starts a local stack of its own and runs the same jobs on it and in a bare ONNX Runtime loop, in turns:"
                    + " same model, threads and rows per forward, decoding and PNG in both.",
            "Then measures the time from submission to the first step. Run it on a quiet machine."
        })
public final class BenchCommand implements Callable<Integer> {

    private static final int STARTS = 100;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--model",
            defaultValue = "dit-s2",
            description = "dit-s2 (12 blocks of width 384 on 4x32x32 latents, random weights) or shapes-dit.")
    private String model;

    @Option(names = "--jobs", defaultValue = "16", description = "Jobs of one round (default: ${DEFAULT-VALUE}).")
    private int jobs;

    @Option(
            names = "--steps",
            defaultValue = "10",
            description = "Denoising steps of a job (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds of both arms (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--torch",
            paramLabel = "PYTHON",
            description =
                    "A Python with torch and safetensors, whose loop over the same weights takes part (dit-s2 only).")
    private Optional<Path> python = Optional.empty();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        StackFolder folder = TemporaryFolder.create();
        Path checkpoint = folder.root().resolve("checkpoint");
        Optional<RandomDit> dit = RandomDit.named(model);
        if (dit.isPresent()) {
            dit.get().importTo(folder.models().resolve(model), dit.get().checkpoint(checkpoint), Precision.FP32);
        }
        try (LocalStack stack = LocalStack.start(
                folder,
                Installation.ofThisProgram(),
                StackSettings.of(Lifetime.WITH_THIS_PROGRAM).withSamples(List.of(SampleModel.SHAPES_DIT)),
                StackListener.silent())) {
            reportStack(out, stack.parts());
            compare(out, stack, folder.models().resolve(model));
            reportStarts(out, new FleetRun(URI.create(stack.endpoints().gateway())));
        }
        if (python.isPresent() && dit.isPresent()) {
            compareWithTorch(
                    out, dit.get().checkpoint(checkpoint), folder.models().resolve(model));
        }
        TemporaryFolder.delete(folder);
        return 0;
    }

    /** After the stack has stopped, so that nothing else runs. */
    private void compareWithTorch(PrintWriter out, Path checkpoint, Path modelFolder) throws Exception {
        double[] ratios = new double[rounds];
        try (BareLoop bare = BareLoop.open(modelFolder);
                TorchLoop torch = TorchLoop.start(python.orElseThrow(), checkpoint)) {
            bare.denoise(jobs, 1);
            torch.denoise(jobs, 1);
            for (int round = 0; round < rounds; round++) {
                double torchSeconds = torch.denoise(jobs, steps);
                double bareSeconds = bare.denoise(jobs, steps);
                ratios[round] = torchSeconds / bareSeconds;
                out.printf(
                        Locale.ROOT,
                        "denoising alone: torch %.2f s, bare loop %.2f s, bare loop / torch %.3f%n",
                        torchSeconds,
                        bareSeconds,
                        ratios[round]);
                out.flush();
            }
        }
        out.printf(Locale.ROOT, "bare loop / torch, median of %d rounds: %.3f%n", rounds, Quantile.of(ratios, 0.5));
    }

    private static void reportStack(PrintWriter out, List<Part> parts) {
        for (Part part : parts) {
            out.printf(
                    Locale.ROOT,
                    "%-10s started in %5.1f s, holds %4d MB%n",
                    part.name(),
                    part.startTime().toMillis() / 1e3,
                    Math.round(part.residentBytes().orElse(0L) / 1e6));
        }
        out.flush();
    }

    private void compare(PrintWriter out, LocalStack stack, Path modelFolder) throws Exception {
        FleetRun fleet = new FleetRun(URI.create(stack.endpoints().gateway()));
        double[] ratios = new double[rounds];
        try (BareLoop bare = BareLoop.open(modelFolder)) {
            bare.run(jobs, 1);
            fleet.run(model, jobs, 1);
            for (int round = 0; round < rounds; round++) {
                double bareSeconds = bare.run(jobs, steps);
                double fleetSeconds = fleet.run(model, jobs, steps);
                ratios[round] = bareSeconds / fleetSeconds;
                out.printf(
                        Locale.ROOT,
                        "%s, %d jobs of %d steps: bare loop %.2f s, fleet %.2f s, fleet / bare %.3f%n",
                        model,
                        jobs,
                        steps,
                        bareSeconds,
                        fleetSeconds,
                        ratios[round]);
                out.flush();
            }
        }
        out.printf(Locale.ROOT, "fleet / bare, median of %d rounds: %.3f%n", rounds, Quantile.of(ratios, 0.5));
    }

    private static void reportStarts(PrintWriter out, FleetRun fleet) throws Exception {
        fleet.secondsToFirstStep("shapes-dit", 5);
        double[] seconds = fleet.secondsToFirstStep("shapes-dit", STARTS);
        out.printf(
                Locale.ROOT,
                "submit to first step, shapes-dit, %d jobs one by one: p50 %.0f ms, p99 %.0f ms%n",
                STARTS,
                1e3 * Quantile.of(seconds, 0.5),
                1e3 * Quantile.of(seconds, 0.99));
    }
}
