package dev.genfleet.engine;

import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.guidance.Branch;
import dev.genfleet.engine.guidance.Guidance;
import dev.genfleet.engine.schedule.NoiseScheduler;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelManifest;

/**
 * A spec made ready for its model: everything that is the same for all steps and pictures of a generation.
 *
 * @param lane whose forwards it shares
 * @param scheduler moves its latents
 * @param guidance its rows, and how they are combined
 * @param label class of the conditional rows
 * @param nullLabel class of the unconditional rows; equal to {@code label} where there are none
 */
record SamplingPlan(LaneKey lane, NoiseScheduler scheduler, Guidance guidance, long label, long nullLabel) {

    /**
     * Plans a spec.
     *
     * @throws EngineException {@code invalid_request} when the model cannot run it; the gateway has refused such jobs already,
     *     so this is the second line of defence
     */
    static SamplingPlan of(GenerationSpec spec, ModelManifest manifest) throws EngineException {
        if (!manifest.makes(spec.size())) {
            throw refused(manifest, "makes pictures of " + manifest.sizes() + ", but the job asks for " + spec.size());
        }
        long label =
                switch (spec.conditioning()) {
                    case Conditioning.ClassLabel given -> given.index();
                    case Conditioning.Caption _ ->
                        throw refused(manifest, "takes a class label, but the job has a prompt");
                };
        int labels = manifest.labels().size();
        if (label >= labels) {
            throw refused(manifest, "has classes 0 to " + (labels - 1) + ", but the job asks for class " + label);
        }
        Guidance guidance = Guidance.of(spec.guidance(), manifest.latent().channels());
        long nullLabel = label;
        if (guidance.branches().contains(Branch.UNCONDITIONAL)) {
            nullLabel = manifest.nullClass()
                    .orElseThrow(() -> refused(
                            manifest,
                            "has no null class and so takes guidance_scale 1 only, but the job asks for "
                                    + spec.guidance().scale()));
        }
        LaneKey lane = new LaneKey(manifest.digest(), manifest.latentShape(spec.size()));
        return new SamplingPlan(lane, scheduler(spec, manifest), guidance, label, nullLabel);
    }

    /** Shape of each picture's latents. */
    LatentShape shape() {
        return lane.shape();
    }

    /** Rows of one picture in a forward. */
    int rows() {
        return guidance.branches().size();
    }

    /** Class of a row. */
    long labelOf(Branch branch) {
        return branch == Branch.CONDITIONAL ? label : nullLabel;
    }

    private static NoiseScheduler scheduler(GenerationSpec spec, ModelManifest manifest) throws EngineException {
        try {
            return NoiseScheduler.of(manifest, spec.sampler());
        } catch (IllegalArgumentException e) {
            throw new EngineException(
                    ErrorCode.INVALID_REQUEST, "Model " + manifest.name() + ": " + e.getMessage() + ".", e);
        }
    }

    private static EngineException refused(ModelManifest manifest, String what) {
        return new EngineException(ErrorCode.INVALID_REQUEST, "Model " + manifest.name() + " " + what + ".");
    }
}
