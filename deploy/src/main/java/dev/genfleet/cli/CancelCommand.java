package dev.genfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cancels a job. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        description = "Cancels a job: one that waits never starts, one that runs stops at its next step.")
final class CancelCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The job.")
    private String id;

    @Override
    public Integer call() throws Exception {
        try (GatewayClient gateway = Target.gateway()) {
            JsonNode job = gateway.cancel(id);
            String state = job.path("state").asText();
            spec.commandLine()
                    .getOut()
                    .println(
                            state.equals("canceled")
                                    ? "job " + id + " is canceled"
                                    : "job " + id + " is " + state + " and stops at its next step");
        }
        return 0;
    }
}
