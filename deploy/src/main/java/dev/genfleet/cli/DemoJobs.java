package dev.genfleet.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.local.Endpoints;
import dev.genfleet.local.SampleModel;
import dev.genfleet.local.SampleModel.Makes;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The jobs of a demo, with their webhooks.
 *
 * <p>A job has one file format, so a video that is to be both MP4 and GIF is two jobs of one spec and one seed. One spec gives one
 * video whoever runs beside it, so both files show the same clip; and since both are submitted before either is waited for, they share
 * forwards where that is faster.
 *
 * @param endpoints where the stack is
 * @param terminal told how it goes
 */
record DemoJobs(Endpoints endpoints, Terminal terminal) {

    private static final Duration WEBHOOK_WITHIN = Duration.ofSeconds(30);
    private static final List<String> VIDEO_FORMATS = List.of("mp4", "gif");

    /** Runs them to their ends and saves what comes out. */
    void run(SampleModel model, GenerateOptions options) throws CommandFailure, InterruptedException {
        try (GatewayClient gateway = new GatewayClient(URI.create(endpoints.gateway()));
                WebhookReceiver receiver = WebhookReceiver.start(endpoints.webhookSecret())) {
            JobRun run = new JobRun(gateway, terminal);
            List<String> jobs = new ArrayList<>();
            for (ObjectNode request : requests(model, options, receiver.url())) {
                jobs.add(run.submit(request));
            }
            for (String job : jobs) {
                run.finish(job, options);
                expectWebhook(receiver, job);
            }
        }
    }

    /** One for each file. */
    static List<ObjectNode> requests(SampleModel model, GenerateOptions options, URI webhook) {
        ObjectNode request = options.request(model.modelName(), Optional.of(webhook));
        if (model.makes() == Makes.PICTURES || options.format.isPresent()) {
            return List.of(request);
        }
        List<ObjectNode> requests = new ArrayList<>();
        for (String format : VIDEO_FORMATS) {
            ObjectNode one = request.deepCopy();
            one.withObject("/input").put("output_format", format);
            requests.add(one);
        }
        return requests;
    }

    private void expectWebhook(WebhookReceiver receiver, String job) throws CommandFailure, InterruptedException {
        WebhookReceiver.Delivery delivery = receiver.await(job, "generation.succeeded", WEBHOOK_WITHIN)
                .orElseThrow(() -> new CommandFailure("the picture is there, but no webhook about it came within "
                        + WEBHOOK_WITHIN.toSeconds() + " s"));
        if (!delivery.verified()) {
            throw new CommandFailure("a webhook came, but its signature is wrong");
        }
        terminal.line("webhook generation.succeeded received, its signature is right");
    }
}
