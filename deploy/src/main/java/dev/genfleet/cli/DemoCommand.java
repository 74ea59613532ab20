package dev.genfleet.cli;

import dev.genfleet.local.LocalStack;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Everything once, from nothing: starts a stack of its own, makes a picture, tells how, and stops it all. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Makes one picture with a local stack that lives only as long as this command:"
                    + " starts Kafka, Redis, object storage, the gateway and a worker on free ports, submits a job over HTTP,"
                    + " follows it, saves the picture, receives the signed webhook, and stops everything.",
            "The exit code is 0 only if the picture is there."
        })
final class DemoCommand implements Callable<Integer> {

    private static final Duration WEBHOOK_WITHIN = Duration.ofSeconds(30);
    private static final String USUAL_LABEL = "red circle";

    /** Everybody's first picture of a label is the same; README shows one. */
    private static final long USUAL_SEED = 7;

    @Spec
    private CommandSpec spec;

    @Mixin
    private GenerateOptions options;

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.of(spec.commandLine().getOut());
        if (options.label.isEmpty() && options.prompt.isEmpty()) {
            options.label = Optional.of(USUAL_LABEL);
        }
        if (options.seed.isEmpty()) {
            options.seed = Optional.of(USUAL_SEED);
        }
        new PassingStack(terminal).run(folder -> {}, stack -> makePicture(terminal, stack));
        return 0;
    }

    private void makePicture(Terminal terminal, LocalStack stack) throws CommandFailure, InterruptedException {
        try (GatewayClient gateway =
                        new GatewayClient(URI.create(stack.endpoints().gateway()));
                WebhookReceiver receiver =
                        WebhookReceiver.start(stack.endpoints().webhookSecret())) {
            String job = new JobRun(gateway, terminal).run(options, Optional.of(receiver.url()));
            expectWebhook(terminal, receiver, job);
        }
    }

    private static void expectWebhook(Terminal terminal, WebhookReceiver receiver, String job)
            throws CommandFailure, InterruptedException {
        WebhookReceiver.Delivery delivery = receiver.await(job, "generation.succeeded", WEBHOOK_WITHIN)
                .orElseThrow(() -> new CommandFailure("the picture is there, but no webhook about it came within "
                        + WEBHOOK_WITHIN.toSeconds() + " s"));
        if (!delivery.verified()) {
            throw new CommandFailure("a webhook came, but its signature is wrong");
        }
        terminal.line("webhook generation.succeeded received, its signature is right");
    }
}
