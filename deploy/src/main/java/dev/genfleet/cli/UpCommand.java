package dev.genfleet.cli;

import dev.genfleet.local.Installation;
import dev.genfleet.local.LocalStack;
import dev.genfleet.local.Part;
import dev.genfleet.local.StackFolder;
import dev.genfleet.local.StackSettings;
import dev.genfleet.local.StackSettings.Lifetime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts a local stack that stays. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a local stack on free ports and leaves it running until 'genfleet down'."
                    + " Jobs, pictures and models are kept in its folder from one run to the next.",
            "Of each part it prints the address, the time until it was ready, and its memory."
        })
final class UpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "1",
            description = "Worker processes, 0 to 16 (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.of(spec.commandLine().getOut());
        StackFolder folder = StackFolder.home();
        StackSettings settings;
        try {
            settings = new StackSettings(Lifetime.UNTIL_STOPPED, workers, Map.of());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage(), e);
        }
        if (LocalStack.running(folder).isPresent()) {
            terminal.line("the stack in " + folder.root() + " runs already");
            for (Part part : LocalStack.parts(folder)) {
                terminal.line(StackTable.row(part));
            }
            return 0;
        }
        terminal.line("starting a local stack in " + folder.root());
        Instant begun = Instant.now();
        LocalStack.start(folder, Installation.ofThisProgram(), settings, new StackTable(terminal));
        terminal.line("ready after " + Duration.between(begun, Instant.now()).toSeconds()
                + " s; 'genfleet generate \"a large red circle at the top on a gray background\"' makes a picture,"
                + " 'genfleet down' stops the stack");
        return 0;
    }
}
