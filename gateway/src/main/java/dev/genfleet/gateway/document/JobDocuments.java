package dev.genfleet.gateway.document;

import dev.genfleet.event.Artifact;
import dev.genfleet.event.GenerationEvent;
import dev.genfleet.gateway.config.GatewayConfig;
import dev.genfleet.gateway.http.Problem;
import dev.genfleet.gateway.storage.OutputLinks;
import dev.genfleet.gateway.view.JobIndex;
import dev.genfleet.gateway.view.JobState;
import dev.genfleet.gateway.view.JobView;
import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceInterval;
import dev.genfleet.job.TimestepSpacing;
import dev.genfleet.job.VideoSpec;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Makes documents of views: signs links, asks for the queue position and the latest progress. */
@Singleton
public final class JobDocuments {

    private final JobIndex index;
    private final LatestProgress progress;
    private final OutputLinks links;
    private final GatewayConfig config;
    private final InstantSource clock = InstantSource.system();

    JobDocuments(JobIndex index, LatestProgress progress, OutputLinks links, GatewayConfig config) {
        this.index = index;
        this.progress = progress;
        this.links = links;
        this.config = config;
    }

    /**
     * The document of a view.
     *
     * @param view the job
     * @param base address under which the caller reaches the gateway
     */
    public JobDocument of(JobView view, URI base) {
        GenerationSpec spec = view.job().spec();
        URI status = Links.job(base, view.job().id());
        Optional<Instant> completedAt = view.end().map(GenerationEvent::time);
        return new JobDocument(
                view.job().id(),
                "generation.job",
                spec.model(),
                spec.modelDigest(),
                view.state(),
                view.job().priority(),
                input(spec),
                progress(view, base),
                view.state() == JobState.QUEUED ? Optional.of(index.waitingBefore(view)) : Optional.empty(),
                outputs(view),
                error(view),
                JobTimes.metrics(view),
                view.job().createdAt(),
                view.startedAt(),
                completedAt,
                view.job().deadline(),
                completedAt.map(end -> end.plus(config.retention())),
                view.job().previews(),
                view.job().metadata(),
                status,
                URI.create(status + "/cancel"),
                URI.create(status + "/events"));
    }

    private List<JobDocument.Output> outputs(JobView view) {
        return view.end()
                .filter(GenerationEvent.Succeeded.class::isInstance)
                .map(GenerationEvent.Succeeded.class::cast)
                .map(end -> end.outputs().stream().map(this::output).toList())
                .orElse(List.of());
    }

    private JobDocument.Output output(Artifact artifact) {
        Instant now = clock.instant();
        OutputLinks.Link link = links.sign(artifact.key(), now);
        return new JobDocument.Output(
                artifact.index(),
                link.url(),
                artifact.contentType(),
                artifact.bytes(),
                artifact.sha256(),
                artifact.width(),
                artifact.height(),
                artifact.video().map(Artifact.Video::frames),
                artifact.video().map(Artifact.Video::fps),
                artifact.video().map(video -> links.sign(video.posterKey(), now).url()),
                artifact.seed(),
                link.expiresAt());
    }

    private Optional<ProgressDocument> progress(JobView view, URI base) {
        int steps = view.job().spec().sampler().steps();
        return switch (view.state()) {
            // What a job reached that ended without a picture is known to Redis alone, and an ended job always reads
            // the same.
            case QUEUED, EXPIRED, FAILED, CANCELED -> Optional.empty();
            case SUCCEEDED -> Optional.of(ProgressDocument.at(steps, steps));
            case STARTING, PROCESSING ->
                Optional.of(progress.of(view)
                        .map(latest -> ProgressDocument.of(latest, base))
                        .orElseGet(() -> ProgressDocument.at(0, steps)));
        };
    }

    private static Optional<Problem> error(JobView view) {
        return view.end()
                .filter(GenerationEvent.Failed.class::isInstance)
                .map(GenerationEvent.Failed.class::cast)
                .map(failed -> Problem.of(failed.code(), failed.detail()));
    }

    private static JobDocument.Input input(GenerationSpec spec) {
        Conditioning conditioning = spec.conditioning();
        return new JobDocument.Input(
                conditioning instanceof Conditioning.Caption caption ? Optional.of(caption.prompt()) : Optional.empty(),
                conditioning instanceof Conditioning.Caption caption
                        ? Optional.of(caption.negativePrompt())
                        : Optional.empty(),
                conditioning instanceof Conditioning.ClassLabel label ? Optional.of(label.name()) : Optional.empty(),
                spec.images(),
                spec.seed(),
                spec.size().width(),
                spec.size().height(),
                spec.video().map(VideoSpec::numFrames),
                spec.video().map(VideoSpec::fps),
                spec.sampler().steps(),
                spec.guidance().scale(),
                spec.guidance().motionScale(),
                spec.guidance().rescale(),
                spec.guidance().interval().map(GuidanceInterval::bounds),
                spec.sampler().scheduler(),
                spec.sampler().eta(),
                spec.sampler().timestepSpacing().map(TimestepSpacing::toString),
                spec.sampler().useKarrasSigmas(),
                spec.outputFormat());
    }
}
