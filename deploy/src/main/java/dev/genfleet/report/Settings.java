package dev.genfleet.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.Optional;

/**
 * How a picture or a clip is to be made; what is empty is the model's default.
 *
 * @param sampling noise scheduler and number of its steps
 * @param guidanceScale scale of what the caption or the class adds
 * @param motionGuidanceScale scale of what motion adds to a clip
 */
record Settings(Optional<Sampling> sampling, Optional<Double> guidanceScale, Optional<Double> motionGuidanceScale) {

    static final Settings USUAL = new Settings(Optional.empty(), Optional.empty(), Optional.empty());

    Settings {
        Objects.requireNonNull(sampling, "sampling");
        Objects.requireNonNull(guidanceScale, "guidance_scale");
        Objects.requireNonNull(motionGuidanceScale, "motion_guidance_scale");
    }

    /**
     * A noise scheduler and its steps.
     *
     * @param scheduler as jobs name it, such as {@code dpmpp_2m}
     * @param steps denoising steps
     */
    record Sampling(String scheduler, int steps) {}

    Settings sampledBy(String scheduler, int steps) {
        return new Settings(Optional.of(new Sampling(scheduler, steps)), guidanceScale, motionGuidanceScale);
    }

    Settings guidedBy(double scale) {
        return new Settings(sampling, Optional.of(scale), motionGuidanceScale);
    }

    Settings movedBy(double scale) {
        return new Settings(sampling, guidanceScale, Optional.of(scale));
    }

    void writeTo(ObjectNode input) {
        sampling.ifPresent(it -> input.put("scheduler", it.scheduler()).put("num_inference_steps", it.steps()));
        guidanceScale.ifPresent(scale -> input.put("guidance_scale", scale));
        motionGuidanceScale.ifPresent(scale -> input.put("motion_guidance_scale", scale));
    }
}
