package dev.genfleet.engine;

import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.guidance.Guidance;
import dev.genfleet.engine.schedule.NoiseScheduler;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceInterval;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;
import java.util.Optional;

/**
 * A spec made ready for its model: everything that is the same for all steps and pictures of a generation.
 *
 * @param lane whose forwards it shares
 * @param scheduler moves its latents
 * @param guidance rows of the guided steps, and how they are combined
 * @param guided which steps are guided; empty means all
 * @param ofClasses what its rows are conditioned on, of class models; captions must be encoded first
 */
record SamplingPlan(
        LaneKey lane,
        NoiseScheduler scheduler,
        Guidance guidance,
        Optional<GuidanceInterval> guided,
        Optional<Conditionings> ofClasses) {

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
        int frames = frames(spec, manifest);
        if (spec.guidance().kind() == GuidanceSpec.Kind.MOTION_FREE
                && manifest.denoiser().motion().isEmpty()) {
            throw refused(manifest, "knows no motion and so takes no motion-free guidance");
        }
        Guidance guidance = Guidance.of(spec.guidance(), manifest.latent().channels());
        Optional<Conditionings> ofClasses =
                switch (manifest.conditioning()) {
                    case ModelConditioning.ClassLabels _ -> Optional.of(classes(spec, manifest, guidance));
                    case ModelConditioning.Captions _ -> {
                        requireCaption(spec, manifest);
                        yield Optional.empty();
                    }
                };
        LaneKey lane = new LaneKey(manifest.digest(), manifest.latentShape(spec.size(), frames));
        return new SamplingPlan(
                lane,
                scheduler(spec, manifest, lane.shape()),
                guidance,
                spec.guidance().interval(),
                ofClasses);
    }

    /** Shape of each picture's latents. */
    LatentShape shape() {
        return lane.shape();
    }

    /** Steps of every picture. */
    int steps() {
        return scheduler.steps();
    }

    /** How the rows of a picture at {@code step} are combined. */
    Guidance guidance(int step) {
        return guided.isPresent() && !guided.get().contains(step, steps()) ? Guidance.none() : guidance;
    }

    /** Most rows of one picture in a forward; there may be fewer at some steps. */
    int mostRows() {
        return guidance.branches().size();
    }

    private static int frames(GenerationSpec spec, ModelManifest manifest) throws EngineException {
        if (manifest.video().isEmpty()) {
            if (spec.video().isPresent()) {
                throw refused(manifest, "makes pictures, but the job asks for a video");
            }
            return 1;
        }
        if (spec.video().isEmpty()) {
            throw refused(manifest, "makes videos, but the job asks for a picture");
        }
        int frames = spec.video().get().numFrames();
        int most = manifest.video().get().maxFrames();
        if (frames > most) {
            throw refused(manifest, "makes videos of 1 to " + most + " frames, but the job asks for " + frames);
        }
        return frames;
    }

    private static Conditionings classes(GenerationSpec spec, ModelManifest manifest, Guidance guidance)
            throws EngineException {
        if (!(spec.conditioning() instanceof Conditioning.ClassLabel given)) {
            throw refused(manifest, "takes a class label, but the job has a prompt");
        }
        int labels = manifest.labels().size();
        if (given.index() >= labels) {
            throw refused(
                    manifest, "has classes 0 to " + (labels - 1) + ", but the job asks for class " + given.index());
        }
        RowConditioning conditional = new RowConditioning.OfClass(given.index());
        if (!guidance.needsUnconditional()) {
            return new Conditionings(conditional, conditional);
        }
        int nullClass = manifest.nullClass()
                .orElseThrow(() -> refused(
                        manifest,
                        "has no null class and so takes guidance_scale 1 only, but the job asks for "
                                + spec.guidance().scale()));
        return new Conditionings(conditional, new RowConditioning.OfClass(nullClass));
    }

    private static void requireCaption(GenerationSpec spec, ModelManifest manifest) throws EngineException {
        if (!(spec.conditioning() instanceof Conditioning.Caption)) {
            throw refused(manifest, "takes a prompt, but the job has a class label");
        }
    }

    private static NoiseScheduler scheduler(GenerationSpec spec, ModelManifest manifest, LatentShape shape)
            throws EngineException {
        try {
            return NoiseScheduler.of(manifest, spec.sampler(), shape);
        } catch (IllegalArgumentException e) {
            throw new EngineException(
                    ErrorCode.INVALID_REQUEST, "Model " + manifest.name() + ": " + e.getMessage() + ".", e);
        }
    }

    private static EngineException refused(ModelManifest manifest, String what) {
        return new EngineException(ErrorCode.INVALID_REQUEST, "Model " + manifest.name() + " " + what + ".");
    }
}
