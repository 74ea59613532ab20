package dev.genfleet.gateway.submission;

import dev.genfleet.gateway.catalog.ModelCatalog;
import dev.genfleet.gateway.config.GatewayConfig;
import dev.genfleet.gateway.destination.DestinationGuard;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.JobId;
import dev.genfleet.job.JobRequest;
import dev.genfleet.job.Priority;
import dev.genfleet.job.QueuedJob;
import dev.genfleet.job.WebhookTarget;
import dev.genfleet.model.ModelManifest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes a complete job of a request, or says everything that is wrong with it. Any thread. */
@Singleton
final class JobMaker {

    /** Who submits, as long as there is one tenant. */
    private static final String TENANT = "default";

    /** Seeds are drawn below it; short enough to be read out. */
    private static final long SEED_BOUND = 1L << 32;

    private static final String NO_SECRET =
            "webhook was given, but this gateway has no secret to sign with: set GENFLEET_WEBHOOK_SECRET.";

    private final RequestReader reader;
    private final ModelCatalog catalog;
    private final DestinationGuard guard;
    private final Optional<List<String>> secret;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    @Inject
    JobMaker(RequestReader reader, ModelCatalog catalog, DestinationGuard guard, GatewayConfig config) {
        this(reader, catalog, guard, config.webhook().secret(), InstantSource.system());
    }

    JobMaker(
            RequestReader reader,
            ModelCatalog catalog,
            DestinationGuard guard,
            Optional<List<String>> secret,
            InstantSource clock) {
        this.reader = reader;
        this.catalog = catalog;
        this.guard = guard;
        this.secret = secret;
        this.clock = clock;
    }

    /**
     * Makes a job.
     *
     * @throws dev.genfleet.gateway.http.ProblemException when the request is wrong
     */
    QueuedJob make(byte[] body, SubmitHeaders headers) {
        Complaints complaints = new Complaints();
        Optional<JobRequest> request = reader.read(body, complaints);
        Optional<ModelManifest> model = request.flatMap(known -> model(known.model(), complaints));
        request.flatMap(JobRequest::webhook)
                .flatMap(webhook -> secret.isEmpty() ? Optional.of(NO_SECRET) : guard.objection(webhook.url()))
                .ifPresent(sentence -> complaints.add("/webhook/url", sentence));
        Optional<GenerationSpec> spec = model.flatMap(known -> new ModelLimits(known, complaints)
                .complete(request.orElseThrow().input(), this::drawSeed));
        model.ifPresent(known -> PreviewLimits.check(request.orElseThrow(), known, complaints));
        complaints.settle();
        return job(request.orElseThrow(), model.orElseThrow(), spec.orElseThrow(), headers, body);
    }

    private QueuedJob job(
            JobRequest request, ModelManifest model, GenerationSpec spec, SubmitHeaders headers, byte[] body) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<Duration> patience =
                headers.cancelAfter().or(() -> request.deadlineSeconds().map(Duration::ofSeconds));
        return new QueuedJob(
                JobId.next(),
                TENANT,
                model.pool(),
                request.priority().orElse(Priority.STANDARD),
                spec,
                now,
                patience.map(now::plus),
                request.webhook().map(webhook -> new WebhookTarget(webhook.url(), webhook.events())),
                request.previews(),
                request.metadata(),
                headers.idempotencyKey()
                        .map(key -> new QueuedJob.IdempotencyClaim(
                                sha256((TENANT + "\n" + key).getBytes(StandardCharsets.UTF_8)), sha256(body))));
    }

    private Optional<ModelManifest> model(String name, Complaints complaints) {
        Optional<ModelManifest> model = catalog.find(name);
        if (model.isEmpty()) {
            String known = catalog.all().stream().map(ModelManifest::name).collect(Collectors.joining(", "));
            complaints.add(
                    "/model",
                    "model is '" + name + "', but must be one of " + (known.isEmpty() ? "none" : known) + ".");
        }
        return model;
    }

    private long drawSeed() {
        return random.nextLong(SEED_BOUND);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
