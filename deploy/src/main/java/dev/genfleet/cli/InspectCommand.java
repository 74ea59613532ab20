package dev.genfleet.cli;

import dev.genfleet.importer.inspect.PackageException;
import dev.genfleet.importer.inspect.PackageReport;
import dev.genfleet.importer.inspect.PackageText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a model package holds and costs. */
@Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = {
            "Says what a model package holds and costs: graphs, parameters, weights, multiply-accumulates, limits.",
            "Only the graphs are read. Exit code 1 when something is not in order; the last lines say what."
        })
final class InspectCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PACKAGE", description = "Folder of the package: the one that holds model.json.")
    private Path folder;

    @Override
    public Integer call() throws CommandFailure {
        try {
            PackageReport report = PackageReport.of(folder);
            spec.commandLine().getOut().println(PackageText.of(report));
            return report.faults().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (PackageException e) {
            throw new CommandFailure(e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailure("the package could not be read: " + e, e);
        }
    }
}
