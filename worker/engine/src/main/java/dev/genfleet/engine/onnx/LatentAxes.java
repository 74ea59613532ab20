package dev.genfleet.engine.onnx;

import ai.onnxruntime.TensorInfo;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelManifest;

/** How latents look at the edge of a graph: with an axis of frames where the model makes videos, also of a single frame. */
final class LatentAxes {

    private LatentAxes() {}

    /** Shape of one row: {@code [channels, height, width]} or {@code [channels, frames, height, width]}. */
    static long[] row(ModelManifest manifest, LatentShape shape) {
        return manifest.video().isPresent()
                ? new long[] {shape.channels(), shape.frames(), shape.height(), shape.width()}
                : new long[] {shape.channels(), shape.height(), shape.width()};
    }

    /**
     * Looks whether the graph has these axes.
     *
     * @throws EngineException {@code model_unavailable} when it has more or fewer
     */
    static void check(ModelManifest manifest, TensorInfo latents) throws EngineException {
        int known = manifest.video().isPresent() ? 5 : 4;
        int found = latents.getShape().length;
        if (found != known) {
            throw new EngineException(
                    ErrorCode.MODEL_UNAVAILABLE,
                    "The denoiser of model " + manifest.name() + " has an input "
                            + manifest.denoiser().latents() + " of " + found + " axes, but a model of "
                            + (known == 5 ? "videos needs 5." : "pictures needs 4."));
        }
    }
}
