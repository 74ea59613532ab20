package dev.genfleet.cli;

import dev.genfleet.local.LocalStack;
import dev.genfleet.local.Part;
import dev.genfleet.local.StackFolder;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops the local stack. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops the local stack that 'genfleet up' started; its data stay."
                + " Jobs that run are finished first, as far as that takes less than half a minute.")
final class DownCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.of(spec.commandLine().getOut());
        StackFolder folder = StackFolder.home();
        List<String> stopped = LocalStack.stop(folder).stream().map(Part::name).toList();
        terminal.line(
                stopped.isEmpty()
                        ? "no local stack runs in " + folder.root()
                        : "stopped " + String.join(", ", stopped) + "; the data are in " + folder.root());
        return 0;
    }
}
