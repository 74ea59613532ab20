package dev.genfleet.bench;

import dev.genfleet.importer.ImportRequest;
import dev.genfleet.importer.ModelImporter;
import dev.genfleet.local.Installation;
import dev.genfleet.local.LocalStack;
import dev.genfleet.local.Part;
import dev.genfleet.local.StackFolder;
import dev.genfleet.local.StackListener;
import dev.genfleet.local.StackSettings;
import dev.genfleet.local.StackSettings.Lifetime;
import dev.genfleet.local.TemporaryFolder;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a local stack of its own against a bare loop, in turns, and prints the ratios. */
@Command(
        name = "bench",
        subcommands = RealSizeCommand.class,
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

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        StackFolder folder = TemporaryFolder.create();
        Path checkpoint = folder.root().resolve("checkpoint");
        if (model.equals(RandomDitS2.NAME)) {
            RandomDitS2.write(checkpoint);
            Files.createDirectories(folder.models());
            ModelImporter.run(ImportRequest.of(
                    checkpoint,
                    Installation.ofThisProgram().samples().resolve("shapes-vae"),
                    folder.models().resolve(model),
                    model));
        }
        try (LocalStack stack = LocalStack.start(
                folder,
                Installation.ofThisProgram(),
                StackSettings.of(Lifetime.WITH_THIS_PROGRAM),
                StackListener.silent())) {
            reportStack(out, stack.parts());
            compare(out, stack, folder.models().resolve(model));
            reportStarts(out, new FleetRun(URI.create(stack.endpoints().gateway())));
        }
        TemporaryFolder.delete(folder);
        return 0;
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
