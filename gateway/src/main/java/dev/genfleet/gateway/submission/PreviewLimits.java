package dev.genfleet.gateway.submission;

import dev.genfleet.job.JobRequest;
import dev.genfleet.model.ModelManifest;

/** Checks that a model has previews when a job asks for them. */
final class PreviewLimits {

    private PreviewLimits() {}

    static void check(JobRequest request, ModelManifest model, Complaints complaints) {
        if (request.previews().orElse(false) && !model.hasPreviews()) {
            complaints.add(
                    "/previews",
                    "previews is true, but " + model.name()
                            + " has none: its package neither knows the colours of latents nor decodes quickly.");
        }
    }
}
