package dev.genfleet.cli;

import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.local.Installation;
import dev.genfleet.local.SampleModel;
import dev.genfleet.local.StackException;
import dev.genfleet.local.StackFolder;
import dev.genfleet.local.StackSettings;
import dev.genfleet.local.StackSettings.Lifetime;
import dev.genfleet.report.Report;
import dev.genfleet.report.ReportRun;
import dev.genfleet.report.VariantModels;
import dev.genfleet.samples.HeldOut;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How good the sample models are, through a fleet, judged by the program that knows how the shapes are drawn. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Has hundreds of pictures and clips made of fixed captions and classes, has them judged, and writes a page with"
                    + " tables, curves and all pictures, a JSON file with all numbers, and a table to the terminal.",
            "Starts a local stack of its own, with the sample models and variants of them that the sections need, and stops it.",
            "The exit code is 0 whatever was found, unless --strict."
        })
final class ReportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--seed",
            defaultValue = "1000",
            description = "Draws the scenes and, counted up, their noise (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Scenes of each set, at most 64 of classes (default: 40 to 100, as sets go). Curves and"
                    + " comparisons have no more of them than without this option.")
    private Optional<Integer> count = Optional.empty();

    @Option(
            names = "--sections",
            paramLabel = "NAME",
            split = ",",
            description = "Only these: captions, classes, video, motion-free, samplers, precision, together.")
    private List<String> sections = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "report",
            description = "Folder for the page (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--running",
            description = "Ask the fleet that runs, and leave out the sections whose models it does not serve.")
    private boolean running;

    @Option(names = "--strict", description = "Exit code 1 when anything falls short of its aim.")
    private boolean strict;

    private Report report;

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.of(spec.commandLine().getOut());
        Installation installation = Installation.ofThisProgram();
        ReportRun run = run(installation);
        if (running) {
            make(run, Target.address(), terminal);
        } else {
            new PassingStack(
                            terminal,
                            StackSettings.of(Lifetime.WITH_THIS_PROGRAM).withSamples(samples(run)))
                    .run(
                            folder -> install(run, installation, folder),
                            stack -> make(run, URI.create(stack.endpoints().gateway()), terminal));
        }
        return conclude(terminal);
    }

    private ReportRun run(Installation installation) throws CommandFailure {
        Path heldOut = installation.samples().resolve("held-out.json");
        try {
            return new ReportRun(
                    seed,
                    count.map(OptionalInt::of).orElse(OptionalInt.empty()),
                    new LinkedHashSet<>(sections),
                    HeldOut.read(heldOut));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure("cannot read " + heldOut + ": " + e.getMessage(), e);
        }
    }

    private static List<SampleModel> samples(ReportRun run) {
        return SampleModel.all().stream()
                .filter(model -> run.models().contains(model.modelName()))
                .toList();
    }

    private static void install(ReportRun run, Installation installation, StackFolder folder) throws StackException {
        try {
            new VariantModels(installation.samples(), folder.models()).install(run.models());
        } catch (CheckpointException | IOException e) {
            throw new StackException("cannot import variants of the sample models: " + e.getMessage(), e);
        }
    }

    private void make(ReportRun run, URI gateway, Terminal terminal) throws CommandFailure, InterruptedException {
        try {
            report = run.with(gateway, new ReportProgress(terminal));
            report.write(out);
        } catch (IOException e) {
            throw new CommandFailure("the report could not be made: " + e.getMessage(), e);
        }
    }

    private int conclude(Terminal terminal) {
        report.print(terminal.out());
        long reached = report.aims() - report.shortfalls();
        terminal.line("");
        terminal.line(reached + " of " + report.aims() + " aims are reached; the page is "
                + out.resolve("index.html").toAbsolutePath().normalize());
        return strict && report.shortfalls() > 0 ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }
}
