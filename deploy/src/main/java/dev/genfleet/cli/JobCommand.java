package dev.genfleet.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads a job. */
@Command(name = "job", mixinStandardHelpOptions = true, description = "Prints a job as the gateway knows it, as JSON.")
final class JobCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The job.")
    private String id;

    @Override
    public Integer call() throws Exception {
        try (GatewayClient gateway = Target.gateway()) {
            spec.commandLine().getOut().println(gateway.job(id).toPrettyString());
        }
        return 0;
    }
}
