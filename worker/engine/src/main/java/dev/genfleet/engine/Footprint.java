package dev.genfleet.engine;

import dev.genfleet.engine.guidance.Branch;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;

/**
 * Working memory that a generation needs, beside its model's weights and what the device itself needs for a forward.
 *
 * @param generation bytes of all its samples' latents and histories and of its captions' vectors, while it is admitted
 * @param lane bytes of the buffers of its lane's forwards, shared by all samples of that lane
 */
record Footprint(long generation, long lane) {

    static final Footprint NONE = new Footprint(0, 0);

    /** Timestep, class, motion, size: the small inputs of a row. */
    private static final long SMALL_INPUTS = 48;

    private static final long MEBIBYTE = 1 << 20;

    /** What {@code images} pictures of that plan need, in forwards of up to {@code maxRows} rows. */
    static Footprint of(SamplingPlan plan, int images, ModelManifest manifest, int maxRows) {
        long latents = floats(plan.shape().elements());
        long caption = caption(manifest);
        long captions = plan.guidance().needsUnconditional() ? 2 * caption : caption;
        long sample = latents * (1 + plan.scheduler().historyLength());
        return new Footprint(images * sample + captions, ofLane(plan.shape(), manifest, maxRows));
    }

    /** What the buffers of a lane need. */
    static long ofLane(LatentShape shape, ModelManifest manifest, int maxRows) {
        long latents = floats(shape.elements());
        long prediction = manifest.denoiser().learnedSigma() ? 2 * latents : latents;
        long row = latents + prediction + caption(manifest) + SMALL_INPUTS;
        return maxRows * row + Branch.values().length * prediction + 2 * latents;
    }

    private static long caption(ModelManifest manifest) {
        if (!(manifest.conditioning() instanceof ModelConditioning.Captions captions)) {
            return 0;
        }
        long bytes = 0;
        for (ModelConditioning.TextEncoder encoder : captions.textEncoders()) {
            bytes += floats((long) encoder.tokens() * encoder.width()) + (long) Long.BYTES * encoder.tokens();
            bytes += encoder.pooled().isPresent() ? floats(encoder.width()) : 0;
        }
        return bytes;
    }

    /** Both together. */
    long bytes() {
        return generation + lane;
    }

    /** Whole mebibytes, rounded up, for sentences. */
    static long mebibytes(long bytes) {
        return (bytes + MEBIBYTE - 1) / MEBIBYTE;
    }

    private static long floats(long count) {
        return Float.BYTES * count;
    }
}
