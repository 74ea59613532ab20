package dev.genfleet.wire;

import dev.genfleet.control.CancelRequest;
import dev.genfleet.event.Artifact;
import dev.genfleet.event.GenerationEvent;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceInterval;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.JobId;
import dev.genfleet.job.LeaseId;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.Priority;
import dev.genfleet.job.QueuedJob;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.TimestepSpacing;
import dev.genfleet.job.VideoSpec;
import dev.genfleet.job.WebhookTarget;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One record of every kind, with every field set. */
final class Specimens {

    static final JobId JOB = JobId.parse("01975b6e-5f2c-7c3a-9a51-0d3d2a1b4c5d");
    static final LeaseId LEASE = LeaseId.parse("01975b6e-6a10-7b11-8c22-1f2e3d4c5b6a");
    static final Instant NOW = Instant.parse("2026-11-21T12:34:56.789Z");
    private static final String SHA = "0123456789abcdef".repeat(4);

    private Specimens() {}

    static QueuedJob queued() {
        GenerationSpec spec = new GenerationSpec(
                "shapes-dit",
                "sha256:" + SHA,
                new Conditioning.ClassLabel(30, "yellow star"),
                new ImageSize(64, 64),
                2,
                42,
                new SamplerSpec(SamplerSpec.Scheduler.DDPM, 50, 0),
                new GuidanceSpec(GuidanceSpec.Kind.CFG_THREE_CHANNEL, 4),
                OutputFormat.PNG);
        return queued(spec);
    }

    static QueuedJob queuedVideo() {
        return queued(new GenerationSpec(
                "clips",
                "sha256:" + SHA,
                new Conditioning.Caption("a dancing star", "blur"),
                new ImageSize(64, 64),
                Optional.of(new VideoSpec(8, 4)),
                1,
                42,
                new SamplerSpec(SamplerSpec.Scheduler.DDIM, 50, 0),
                GuidanceSpec.motionFree(7.5, 1.2),
                OutputFormat.MP4));
    }

    /** With every field that jobs got after the first version. */
    static QueuedJob queuedInDetail() {
        return queued(
                new GenerationSpec(
                        "clips",
                        "sha256:" + SHA,
                        new Conditioning.Caption("a dancing star", "blur"),
                        new ImageSize(64, 64),
                        Optional.of(new VideoSpec(8, 4)),
                        1,
                        42,
                        new SamplerSpec(
                                SamplerSpec.Scheduler.DPMPP_2M_SDE,
                                50,
                                0,
                                Optional.of(TimestepSpacing.parse("10,40")),
                                Optional.of(true)),
                        new GuidanceSpec(
                                GuidanceSpec.Kind.MOTION_FREE,
                                7.5,
                                Optional.of(1.2),
                                Optional.of(0.7),
                                Optional.of(new GuidanceInterval(0.1, 0.8))),
                        OutputFormat.WEBM),
                Optional.of(true));
    }

    private static QueuedJob queued(GenerationSpec spec) {
        return queued(spec, Optional.empty());
    }

    private static QueuedJob queued(GenerationSpec spec, Optional<Boolean> previews) {
        return new QueuedJob(
                JOB,
                "default",
                "default",
                Priority.INTERACTIVE,
                spec,
                NOW,
                Optional.of(NOW.plusSeconds(90)),
                Optional.of(new WebhookTarget(URI.create("https://example.com/hook"), List.of("generation.succeeded"))),
                previews,
                Map.of("order", "A-17"),
                Optional.of(new QueuedJob.IdempotencyClaim(SHA, SHA)));
    }

    static List<GenerationEvent> events() {
        Artifact artifact = new Artifact(
                0, ObjectKeys.output("default", JOB, 0, SHA, OutputFormat.PNG), "image/png", 2345, SHA, 64, 64, 42);
        return List.of(
                new GenerationEvent.Leased(JOB, LEASE, "worker-1", NOW),
                new GenerationEvent.Started(JOB, LEASE, NOW),
                new GenerationEvent.Released(JOB, LEASE, 17, "the worker stops", NOW),
                new GenerationEvent.Succeeded(JOB, LEASE, List.of(artifact), 50, NOW),
                new GenerationEvent.Failed(
                        JOB, Optional.of(LEASE), ErrorCode.NUMERICAL_FAULT, "The latents are not finite.", NOW),
                new GenerationEvent.Canceled(JOB, Optional.of(LEASE), NOW),
                new GenerationEvent.Expired(JOB, Optional.of(LEASE), NOW));
    }

    static GenerationEvent succeededVideo() {
        String key = ObjectKeys.output("default", JOB, 0, SHA, OutputFormat.MP4);
        Artifact artifact = new Artifact(
                0,
                key,
                "video/mp4",
                23456,
                SHA,
                64,
                64,
                42,
                Optional.of(new Artifact.Video(8, 4, ObjectKeys.poster(key))));
        return new GenerationEvent.Succeeded(JOB, LEASE, List.of(artifact), 50, NOW);
    }

    static CancelRequest cancel() {
        return new CancelRequest(JOB, NOW);
    }
}
