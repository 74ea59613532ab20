package dev.genfleet.gateway.submission;

import dev.genfleet.job.GuidanceInterval;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.GuidanceSpec.Kind;
import dev.genfleet.job.JobRequest.Input;
import dev.genfleet.model.ModelManifest;
import java.util.List;
import java.util.Optional;

/** Checks how a job is to be guided against a model. One request, one thread. */
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

    /**
     * The guidance: motion-free where the job or else the model has a scale of motion. Rescaling by 0 and an interval of all steps are
     * the same as neither, and become it, so that jobs of one picture have one spec.
     */
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
        boolean guides = guided && (scale != 1 || motionScale.orElse(1.0) != 1);
        return new GuidanceSpec(
                motionScale.isPresent() ? Kind.MOTION_FREE : defaults.kind(),
                scale,
                motionScale,
                rescale(input, guides),
                interval(input, guides));
    }

    private Optional<Double> rescale(Input input, boolean guides) {
        Optional<Double> given = input.guidanceRescale();
        if (given.filter(rescale -> rescale != 0).isPresent() && !guides) {
            refuseNeedless("guidance_rescale");
        }
        return given.or(model.defaults().guidance()::rescale).filter(rescale -> rescale != 0 && guides);
    }

    private Optional<GuidanceInterval> interval(Input input, boolean guides) {
        Optional<GuidanceInterval> given = input.guidanceInterval().flatMap(this::interval);
        if (input.guidanceInterval().isPresent() && !guides) {
            refuseNeedless("guidance_interval");
        }
        return given.or(model.defaults().guidance()::interval)
                .filter(interval -> !interval.equals(GuidanceInterval.ALL) && guides);
    }

    private Optional<GuidanceInterval> interval(List<Double> bounds) {
        try {
            return Optional.of(GuidanceInterval.of(bounds));
        } catch (IllegalArgumentException e) {
            complain("guidance_interval", e.getMessage() + ".");
            return Optional.empty();
        }
    }

    private void refuseNeedless(String field) {
        complain(
                field,
                field + " was given, but "
                        + (guided
                                ? "guidance_scale is 1, which means no guidance."
                                : model.name() + " takes no guidance."));
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
