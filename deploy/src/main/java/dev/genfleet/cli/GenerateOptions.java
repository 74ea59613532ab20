package dev.genfleet.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.local.SampleModel;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What to generate; everything left out is the model's default. The gateway checks it. */
final class GenerateOptions {

    /** Formats of videos alone and of pictures alone. */
    private static final Set<String> MOVING = Set.of("mp4", "webm", "gif");

    private static final Set<String> STILL = Set.of("png", "jpeg", "jpg");

    @Mixin
    Subject subject = new Subject();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "Model; when left out, one that takes what is given, sample models after others.")
    Optional<String> model = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "Equal seeds give equal bytes; drawn when left out.")
    Optional<Long> seed = Optional.empty();

    @Option(names = "--steps", paramLabel = "N", description = "Denoising steps.")
    Optional<Integer> steps = Optional.empty();

    @Option(names = "--n", paramLabel = "N", description = "Number of pictures or videos.")
    Optional<Integer> images = Optional.empty();

    @Option(names = "--frames", paramLabel = "N", description = "Frames of a video, for video models.")
    Optional<Integer> frames = Optional.empty();

    @Option(names = "--fps", paramLabel = "N", description = "Frames per second, for video models.")
    Optional<Integer> fps = Optional.empty();

    @Option(names = "--guidance-scale", paramLabel = "X", description = "Classifier-free guidance scale.")
    Optional<Double> guidanceScale = Optional.empty();

    @Option(
            names = "--motion-guidance-scale",
            paramLabel = "X",
            description = "Scale of what motion adds, for video models with motion-free guidance.")
    Optional<Double> motionGuidanceScale = Optional.empty();

    @Option(
            names = "--guidance-rescale",
            paramLabel = "X",
            description = "How far guided predictions are brought back to the conditional ones' deviation, 0 to 1.")
    Optional<Double> guidanceRescale = Optional.empty();

    @Option(
            names = "--guidance-interval",
            paramLabel = "FROM,TO",
            description = "Part of the steps that is guided, such as 0.1,0.8; the others cost a single row.",
            split = ",")
    List<Double> guidanceInterval = List.of();

    @Option(
            names = "--scheduler",
            paramLabel = "NAME",
            description = "Noise scheduler, such as ddpm, ddim or dpmpp_2m; GET /v1/models lists each model's.")
    Optional<String> scheduler = Optional.empty();

    @Option(
            names = "--timestep-spacing",
            paramLabel = "RULE",
            description = "Training steps that are visited: leading, linspace, trailing, official, ddim, or steps of"
                    + " equal sections such as 10,20,30.")
    Optional<String> timestepSpacing = Optional.empty();

    @Option(
            names = "--karras-sigmas",
            negatable = true,
            fallbackValue = "true",
            description = "Space noise levels as Karras et al. 2022 do, for schedulers over noise levels.")
    Optional<Boolean> karrasSigmas = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "File format: png, jpeg or webp for pictures; mp4, webm, gif or webp for videos.")
    Optional<String> format = Optional.empty();

    @Option(names = "--previews", description = "Let progress show small pictures of what is under way.")
    boolean previews;

    @Option(names = "--priority", paramLabel = "P", description = "interactive, standard or batch.")
    Optional<String> priority = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Folder for what comes out (default: this one).")
    Path out = Path.of(".");

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "Longest wait for the job's end (default: ${DEFAULT-VALUE}).")
    long timeoutSeconds = 600;

    Duration timeout() {
        return Duration.ofSeconds(timeoutSeconds);
    }

    /** The body of {@code POST /v1/jobs}. */
    ObjectNode request(String modelName, Optional<URI> webhook) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("model", modelName);
        ObjectNode input = request.putObject("input");
        subject.describe(input);
        seed.ifPresent(number -> input.put("seed", number));
        steps.ifPresent(number -> input.put("num_inference_steps", number));
        images.ifPresent(number -> input.put("n", number));
        frames.ifPresent(number -> input.put("num_frames", number));
        fps.ifPresent(number -> input.put("fps", number));
        guidanceScale.ifPresent(number -> input.put("guidance_scale", number));
        motionGuidanceScale.ifPresent(number -> input.put("motion_guidance_scale", number));
        guidanceRescale.ifPresent(number -> input.put("guidance_rescale", number));
        if (!guidanceInterval.isEmpty()) {
            guidanceInterval.forEach(input.putArray("guidance_interval")::add);
        }
        scheduler.ifPresent(name -> input.put("scheduler", name));
        timestepSpacing.ifPresent(rule -> input.put("timestep_spacing", rule));
        karrasSigmas.ifPresent(karras -> input.put("use_karras_sigmas", karras));
        format.ifPresent(name -> input.put("output_format", name));
        priority.ifPresent(name -> request.put("priority", name));
        if (previews) {
            request.put("previews", true);
        }
        webhook.ifPresent(url -> request.putObject("webhook").put("url", url.toString()));
        return request;
    }

    /** The option by which a video is asked for. */
    Optional<String> videoOption() {
        if (subject.makes() == SampleModel.Makes.VIDEOS) {
            return Optional.of("--video");
        }
        return frames.map(count -> "--frames")
                .or(() -> fps.map(rate -> "--fps"))
                .or(() -> motionGuidanceScale.map(scale -> "--motion-guidance-scale"))
                .or(() -> format.filter(MOVING::contains).map(name -> "--format " + name));
    }

    /**
     * Looks whether the options go together.
     *
     * @throws ParameterException when they do not, or nothing says what to draw
     */
    void check() {
        subject.require();
        if (subject.makes() == SampleModel.Makes.VIDEOS
                && format.filter(STILL::contains).isPresent()) {
            throw subject.wrong("--format is " + format.get() + ", but with --video it must be mp4, webm, gif or webp");
        }
    }
}
