package dev.genfleet.gateway.submission;

import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.GuidanceSpec.Kind;
import dev.genfleet.job.JobRequest.Input;
import dev.genfleet.model.ModelManifest;
import java.util.Optional;

/** Checks the guidance scales against a model. One request, one thread. */
final class GuidanceLimits {

    private static final String INPUT = "/input/";

    private final ModelManifest model;
    private final Complaints complaints;
    private final boolean guided;

    GuidanceLimits(ModelManifest model, Complaints complaints) {
        this.model = model;
        this.complaints = complaints;
        this.guided = model.defaults().guidance().kind() != Kind.NONE
                && model.conditioning().guidable();
    }

    /** The guidance: motion-free where the job or else the model has a scale of motion. */
    GuidanceSpec guidance(Input input) {
        GuidanceSpec defaults = model.defaults().guidance();
        double scale = input.guidanceScale().orElse(defaults.scale());
        double most = guided ? model.limits().maxGuidanceScale() : 1.0;
        double least = guided ? 0.0 : 1.0;
        if (input.guidanceScale().isPresent() && (scale < least || scale > most)) {
            complain(
                    "guidance_scale",
                    "guidance_scale is " + scale + ", but must be " + (guided ? "between 0 and " + most : "1") + " for "
                            + model.name() + ".");
        }
        input.motionGuidanceScale().ifPresent(this::checkMotion);
        Optional<Double> motionScale = input.motionGuidanceScale().or(defaults::motionScale);
        return motionScale
                .map(known -> GuidanceSpec.motionFree(scale, known))
                .orElseGet(() -> new GuidanceSpec(defaults.kind(), scale));
    }

    private void checkMotion(double motionScale) {
        if (model.video().isEmpty()) {
            complain(
                    "motion_guidance_scale",
                    "motion_guidance_scale was given, but " + model.name() + " makes pictures, not videos.");
        } else if (model.denoiser().motion().isEmpty()) {
            complain(
                    "motion_guidance_scale",
                    "motion_guidance_scale was given, but the denoiser of " + model.name()
                            + " cannot be told to leave motion out.");
        } else if (!guided) {
            complain(
                    "motion_guidance_scale",
                    "motion_guidance_scale was given, but " + model.name() + " takes no guidance.");
        } else if (motionScale > model.limits().maxGuidanceScale()) {
            complain(
                    "motion_guidance_scale",
                    "motion_guidance_scale is " + motionScale + ", but must be between 0 and "
                            + model.limits().maxGuidanceScale() + " for " + model.name() + ".");
        }
    }

    private void complain(String field, String sentence) {
        complaints.add(INPUT + field, sentence);
    }
}
