package dev.genfleet.gateway.view;

import dev.genfleet.event.Artifact;
import dev.genfleet.event.GenerationEvent;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.JobId;
import dev.genfleet.job.LeaseId;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.Priority;
import dev.genfleet.job.QueuedJob;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.WebhookTarget;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Jobs and events for tests. */
public final class Jobs {

    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    public static final String TOPIC = "generation-jobs.default.standard";

    private Jobs() {}

    public static QueuedJob job(JobId id) {
        return new QueuedJob(
                id,
                "default",
                "default",
                Priority.STANDARD,
                new GenerationSpec(
                        "shapes-dit",
                        "sha256:00",
                        new Conditioning.ClassLabel(1, "red square"),
                        new ImageSize(64, 64),
                        1,
                        42,
                        new SamplerSpec(SamplerSpec.Scheduler.DDPM, 50, 0),
                        new GuidanceSpec(GuidanceSpec.Kind.CFG, 4),
                        OutputFormat.PNG),
                NOON,
                Optional.of(NOON.plus(Duration.ofMinutes(1))),
                Optional.of(new WebhookTarget(URI.create("https://example.com/hook"), List.of())),
                Optional.empty(),
                Map.of("order", "A-17"),
                Optional.empty());
    }

    public static Fact.Queued queued(QueuedJob job, long offset) {
        return new Fact.Queued(new RecordId(TOPIC, 3, offset), job);
    }

    public static Fact.Happened at(long offset, GenerationEvent event) {
        return new Fact.Happened(new Position(3, offset), event);
    }

    public static GenerationEvent leased(JobId id, LeaseId lease) {
        return new GenerationEvent.Leased(id, lease, "w-1", NOON.plusSeconds(1));
    }

    public static GenerationEvent started(JobId id, LeaseId lease) {
        return new GenerationEvent.Started(id, lease, NOON.plusSeconds(2));
    }

    public static GenerationEvent released(JobId id, LeaseId lease) {
        return new GenerationEvent.Released(id, lease, 7, "the worker stops", NOON.plusSeconds(2));
    }

    public static GenerationEvent succeeded(JobId id, LeaseId lease) {
        Artifact artifact = new Artifact(0, "outputs/default/x.png", "image/png", 10, "00", 64, 64, 42);
        return new GenerationEvent.Succeeded(id, lease, List.of(artifact), 50, NOON.plusSeconds(5));
    }

    public static GenerationEvent failed(JobId id, LeaseId lease) {
        return new GenerationEvent.Failed(
                id, Optional.of(lease), ErrorCode.NUMERICAL_FAULT, "NaN at step 3.", NOON.plusSeconds(4));
    }

    public static GenerationEvent canceled(JobId id) {
        return new GenerationEvent.Canceled(id, Optional.empty(), NOON.plusSeconds(3));
    }

    public static GenerationEvent expired(JobId id) {
        return new GenerationEvent.Expired(id, Optional.empty(), NOON.plusSeconds(61));
    }
}
