package dev.genfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.wire.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says where the local stack is. */
@Command(
        name = "endpoints",
        mixinStandardHelpOptions = true,
        description = "Prints where the parts of the local stack are, with its credentials, as JSON.")
final class EndpointsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        JsonNode endpoints = Json.read(Json.write(Target.localStack()), JsonNode.class);
        spec.commandLine().getOut().println(endpoints.toPrettyString());
        return 0;
    }
}
