package dev.genfleet.cli;

import dev.genfleet.importer.architectures.ArchitectureTable;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Counts the published models in the graphs that the importer emits for them. */
@Command(
        name = "architectures",
        mixinStandardHelpOptions = true,
        description = {
            "Emits the graphs of the published sizes of all families, without weights, and prints their parameters and"
                    + " multiply-accumulates beside the published figures, with the reasons where they differ.",
            "Needs no checkpoint; takes a few seconds."
        })
final class ArchitecturesCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(ArchitectureTable.ofPublished());
        return CommandLine.ExitCode.OK;
    }
}
