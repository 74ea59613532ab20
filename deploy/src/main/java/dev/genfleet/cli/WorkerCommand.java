package dev.genfleet.cli;

import dev.genfleet.local.ForegroundProgram;
import dev.genfleet.local.Installation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One more worker of the local stack. */
@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        description = {
            "Runs one more worker of the local stack in the foreground, until it is interrupted; then it finishes its jobs.",
            "Environment variables (GENFLEET_SLOTS, GENFLEET_POOLS …) configure it. On a cluster run the worker's jar instead."
        })
final class WorkerCommand implements Callable<Integer> {

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "cpu or cuda:N, or several with commas between (default: ${DEFAULT-VALUE}).")
    private String device;

    @Override
    public Integer call() throws Exception {
        return ForegroundProgram.worker(Installation.ofThisProgram(), Target.localStack(), device);
    }
}
