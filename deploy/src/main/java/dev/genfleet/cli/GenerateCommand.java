package dev.genfleet.cli;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes pictures and videos with a fleet that runs. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = "Submits a job, follows it to its end and saves the pictures or videos."
                + " Stopping this command does not stop the job; 'genfleet cancel' does.")
final class GenerateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private GenerateOptions options;

    @Option(names = "--webhook", paramLabel = "URL", description = "Where the gateway shall tell about the job's end.")
    private Optional<URI> webhook = Optional.empty();

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.of(spec.commandLine().getOut());
        try (GatewayClient gateway = Target.gateway()) {
            new JobRun(gateway, terminal).run(options, webhook);
        }
        return 0;
    }
}
