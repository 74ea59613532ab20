package dev.genfleet.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a caller posts, as it came: valid against the schema, not yet against the model. Nothing but the gateway's submission
 * reads it.
 *
 * @param model name of a model
 * @param input what to generate
 * @param webhook where to tell
 * @param priority how urgent; standard when absent
 * @param deadlineSeconds not started within this time means expired
 * @param previews whether progress shows small pictures of what is under way; absent means no
 * @param metadata the caller's own pairs
 */
public record JobRequest(
        String model,
        Input input,
        Optional<Webhook> webhook,
        Optional<Priority> priority,
        Optional<Long> deadlineSeconds,
        Optional<Boolean> previews,
        Map<String, String> metadata) {

    public JobRequest {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(input, "input");
        webhook = orEmpty(webhook);
        priority = orEmpty(priority);
        deadlineSeconds = orEmpty(deadlineSeconds);
        previews = orEmpty(previews);
        metadata = metadata == null ? Map.of() : Map.copyOf(metadata);
    }

    /**
     * What to generate. Absent means the model's default; an absent seed is drawn.
     *
     * @param prompt caption, for caption models
     * @param negativePrompt what guidance leads away from, for caption models
     * @param classLabel label, for class models
     * @param images number of pictures
     * @param seed seed of the first picture
     * @param width pixels
     * @param height pixels
     * @param numFrames frames of a video, for video models
     * @param fps frames per second, for video models
     * @param numInferenceSteps denoising steps
     * @param guidanceScale guidance scale
     * @param motionGuidanceScale scale of what motion adds, for video models with motion-free guidance
     * @param guidanceRescale how far guided predictions are brought back to the conditional ones' deviation
     * @param guidanceInterval the part of the steps that is guided
     * @param scheduler noise scheduler
     * @param eta DDIM's stochasticity
     * @param timestepSpacing which training steps are visited
     * @param useKarrasSigmas whether noise levels are spaced as by Karras et al. 2022
     * @param outputFormat file format
     */
    public record Input(
            Optional<String> prompt,
            Optional<String> negativePrompt,
            Optional<LabelChoice> classLabel,
            @JsonProperty("n") Optional<Integer> images,
            Optional<Long> seed,
            Optional<Integer> width,
            Optional<Integer> height,
            Optional<Integer> numFrames,
            Optional<Integer> fps,
            Optional<Integer> numInferenceSteps,
            Optional<Double> guidanceScale,
            Optional<Double> motionGuidanceScale,
            Optional<Double> guidanceRescale,
            Optional<List<Double>> guidanceInterval,
            Optional<String> scheduler,
            Optional<Double> eta,
            Optional<String> timestepSpacing,
            Optional<Boolean> useKarrasSigmas,
            Optional<String> outputFormat) {
        public Input {
            prompt = orEmpty(prompt);
            negativePrompt = orEmpty(negativePrompt);
            classLabel = orEmpty(classLabel);
            images = orEmpty(images);
            seed = orEmpty(seed);
            width = orEmpty(width);
            height = orEmpty(height);
            numFrames = orEmpty(numFrames);
            fps = orEmpty(fps);
            numInferenceSteps = orEmpty(numInferenceSteps);
            guidanceScale = orEmpty(guidanceScale);
            motionGuidanceScale = orEmpty(motionGuidanceScale);
            guidanceRescale = orEmpty(guidanceRescale);
            guidanceInterval = orEmpty(guidanceInterval).map(List::copyOf);
            scheduler = orEmpty(scheduler);
            eta = orEmpty(eta);
            timestepSpacing = orEmpty(timestepSpacing);
            useKarrasSigmas = orEmpty(useKarrasSigmas);
            outputFormat = orEmpty(outputFormat);
        }
    }

    /**
     * Where to tell.
     *
     * @param url destination
     * @param events event types; empty means every terminal event
     */
    public record Webhook(URI url, List<String> events) {
        public Webhook {
            Objects.requireNonNull(url, "url");
            events = events == null ? List.of() : List.copyOf(events);
        }
    }

    /** A label as the caller names it: by name or by number. */
    public sealed interface LabelChoice {

        /** Reads a JSON string or integer. */
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static LabelChoice of(Object json) {
            return switch (json) {
                case Integer index -> new ByIndex(index);
                case String name -> new ByName(name);
                default ->
                    throw new IllegalArgumentException(
                            "class_label is " + json + ", but must be a label's name or number");
            };
        }

        /** A row of the model's label table. */
        record ByIndex(int index) implements LabelChoice {}

        /** A name in the model's labels file. */
        record ByName(String name) implements LabelChoice {}
    }

    private static <T> Optional<T> orEmpty(Optional<T> value) {
        return value == null ? Optional.empty() : value;
    }
}
