package dev.genfleet.cli;

import dev.genfleet.bench.BenchCommand;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.local.StackException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Entry point: reads the command line, runs one command and turns its failure into one sentence and an exit code. */
@Command(
        name = "genfleet",
        description = "Generates images with diffusion transformers on an event-driven fleet.",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            DownCommand.class,
            EndpointsCommand.class,
            GenerateCommand.class,
            JobCommand.class,
            CancelCommand.class,
            ModelsCommand.class,
            ImportCommand.class,
            InspectCommand.class,
            ArchitecturesCommand.class,
            SealCommand.class,
            WorkerCommand.class,
            RebuildViewCommand.class,
            SamplesCommand.class,
            BenchCommand.class,
            HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        version = "genfleet 0.1.0",
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  GENFLEET_URL   gateway to talk to; without it, the local stack that 'up' started",
            "  GENFLEET_HOME  folder of that local stack (default: $XDG_DATA_HOME/genfleet or ~/.genfleet)",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Done.",
            "1:Not done; one sentence on standard error says why.",
            "2:The command line is wrong.",
            "130:Interrupted.",
        })
final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler(Main::failed);
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        switch (failure) {
            case CommandFailure told -> command.getErr().println("genfleet: " + told.getMessage());
            case StackException told -> command.getErr().println("genfleet: " + told.getMessage());
            case EngineException told -> command.getErr().println("genfleet: " + told.getMessage());
            case InterruptedException interrupted -> {
                command.getErr().println("genfleet: interrupted");
                return 130;
            }
            default -> {
                command.getErr()
                        .println("genfleet: an error that should not happen; please report it with what follows");
                failure.printStackTrace(command.getErr());
            }
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
