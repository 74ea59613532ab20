package dev.genfleet.gateway.document;

import dev.genfleet.gateway.http.Problem;
import dev.genfleet.gateway.view.JobState;
import dev.genfleet.job.JobId;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.Priority;
import dev.genfleet.job.SamplerSpec;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job as callers see it; what does not apply is absent.
 *
 * @param id the job
 * @param object always {@code generation.job}
 * @param model name of the model
 * @param modelDigest digest of the model's package
 * @param state where the job is
 * @param priority how urgent
 * @param input what is generated, complete: the seed is shown also where it was drawn
 * @param progress how far it is, while it runs and once it succeeded
 * @param queuePosition jobs before it on its topic, while it is queued
 * @param outputs what came of it
 * @param error why it failed
 * @param metrics how long it took
 * @param createdAt when it was submitted
 * @param startedAt when its first step ran
 * @param completedAt when it ended
 * @param deadline not started by then means expired
 * @param expiresAt until when it can be read
 * @param previews whether its progress shows small pictures of what is under way; absent means no
 * @param metadata the caller's own pairs
 * @param statusUrl where to read it
 * @param cancelUrl where to cancel it
 * @param eventsUrl where to follow it
 */
public record JobDocument(
        JobId id,
        String object,
        String model,
        String modelDigest,
        JobState state,
        Priority priority,
        Input input,
        Optional<ProgressDocument> progress,
        Optional<Integer> queuePosition,
        List<Output> outputs,
        Optional<Problem> error,
        Metrics metrics,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> completedAt,
        Optional<Instant> deadline,
        Optional<Instant> expiresAt,
        Optional<Boolean> previews,
        Map<String, String> metadata,
        URI statusUrl,
        URI cancelUrl,
        URI eventsUrl) {

    /**
     * What is generated, by the names of the request.
     *
     * @param prompt caption
     * @param negativePrompt what guidance leads away from
     * @param classLabel name of the label
     * @param n number of pictures
     * @param seed seed of the first
     * @param width pixels
     * @param height pixels
     * @param numFrames frames of a video
     * @param fps frames per second of a video
     * @param numInferenceSteps denoising steps
     * @param guidanceScale guidance scale
     * @param motionGuidanceScale scale of what motion adds
     * @param guidanceRescale how far guided predictions are brought back to the conditional ones' deviation
     * @param guidanceInterval the part of the steps that is guided; absent means all
     * @param scheduler noise scheduler
     * @param eta DDIM's stochasticity
     * @param timestepSpacing which training steps are visited; absent means as the model package says
     * @param useKarrasSigmas whether noise levels are spaced as by Karras et al. 2022; absent means as the package says
     * @param outputFormat file format
     */
    public record Input(
            Optional<String> prompt,
            Optional<String> negativePrompt,
            Optional<String> classLabel,
            int n,
            long seed,
            int width,
            int height,
            Optional<Integer> numFrames,
            Optional<Integer> fps,
            int numInferenceSteps,
            double guidanceScale,
            Optional<Double> motionGuidanceScale,
            Optional<Double> guidanceRescale,
            Optional<List<Double>> guidanceInterval,
            SamplerSpec.Scheduler scheduler,
            double eta,
            Optional<String> timestepSpacing,
            Optional<Boolean> useKarrasSigmas,
            OutputFormat outputFormat) {}

    /**
     * One output.
     *
     * @param index position, from 0
     * @param url link that works until {@code expiresAt}
     * @param contentType media type
     * @param bytes size
     * @param sha256 SHA-256, hexadecimal
     * @param width pixels
     * @param height pixels
     * @param frames of a video
     * @param fps frames per second of a video
     * @param posterUrl link to the first frame of a video as a PNG picture, works as long
     * @param seed seed that gives this output alone
     * @param expiresAt until when the link works
     */
    public record Output(
            int index,
            URI url,
            String contentType,
            long bytes,
            String sha256,
            int width,
            int height,
            Optional<Integer> frames,
            Optional<Integer> fps,
            Optional<URI> posterUrl,
            long seed,
            Instant expiresAt) {}

    /**
     * How long it took.
     *
     * @param queueSeconds from submission until a worker first took it, or the end
     * @param runSeconds from the last lease until the end
     * @param stepsPerSecond steps that ran under the last lease by its running time
     * @param attempts how often a worker took it, but for workers that put it aside in good order because they stopped
     */
    public record Metrics(
            Optional<Double> queueSeconds,
            Optional<Double> runSeconds,
            Optional<Double> stepsPerSecond,
            int attempts) {}
}
