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
        description = "Submits a job for a caption or a label, follows it to its end and saves the pictures or videos."
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
        options.check();
        Terminal terminal = Terminal.of(spec.commandLine().getOut());
        try (GatewayClient gateway = Target.gateway()) {
            String model = new ModelChoice(gateway.offers()).choose(options);
            SampleWords.note(model, options.subject).ifPresent(terminal::line);
            JobRun run = new JobRun(gateway, terminal);
            run.finish(run.submit(options.request(model, webhook)), options);
        }
        return 0;
    }
}
