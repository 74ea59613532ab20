package dev.genfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What to generate; everything left out is the model's default. The gateway checks it. */
final class GenerateOptions {

    @Option(names = "--model", paramLabel = "NAME", description = "Model; the catalog's first when left out.")
    Optional<String> model = Optional.empty();

    @Option(
            names = "--label",
            paramLabel = "LABEL",
            description = "What to draw, for class models: a label's name or number.")
    Optional<String> label = Optional.empty();

    @Option(names = "--prompt", paramLabel = "TEXT", description = "What to draw, for caption models.")
    Optional<String> prompt = Optional.empty();

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
        label.ifPresent(name -> {
            if (name.matches("[0-9]{1,9}")) {
                input.put("class_label", Integer.parseInt(name));
            } else {
                input.put("class_label", name);
            }
        });
        prompt.ifPresent(text -> input.put("prompt", text));
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

    /** The model to use, from the catalog when none was named. */
    String modelName(GatewayClient gateway) throws CommandFailure, InterruptedException {
        if (model.isPresent()) {
            return model.get();
        }
        JsonNode models = gateway.models();
        if (models.isEmpty()) {
            throw new CommandFailure("the gateway's catalog has no model; add one with 'genfleet import'");
        }
        return models.get(0).path("id").asText();
    }
}
