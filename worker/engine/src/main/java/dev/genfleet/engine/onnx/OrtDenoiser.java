package dev.genfleet.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.genfleet.engine.device.Denoiser;
import dev.genfleet.engine.device.ForwardPass;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelManifest;
import java.lang.foreign.Arena;
import java.util.Map;

/** A denoiser as an ONNX Runtime session. */
final class OrtDenoiser implements Denoiser {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Map<String, TensorInfo> inputs;
    private final ModelManifest manifest;

    OrtDenoiser(
            OrtEnvironment environment, OrtSession session, Map<String, TensorInfo> inputs, ModelManifest manifest) {
        this.environment = environment;
        this.session = session;
        this.inputs = Map.copyOf(inputs);
        this.manifest = manifest;
    }

    @Override
    public ForwardPass prepare(LatentShape shape, int maxRows) {
        BatchForm form = BatchForm.of(manifest.denoiser(), inputs);
        if (form.free()) {
            return pass(shape, maxRows);
        }
        int chunkRows = form.fixedRows().orElse(maxRows);
        return new ChunkedForwardPass(pass(shape, chunkRows), form, chunkRows, shape.elements(), maxRows);
    }

    private OrtForwardPass pass(LatentShape shape, int maxRows) {
        Arena arena = Arena.ofShared(); // another thread may close it than the one that uses it
        try {
            int factor = manifest.denoiser().learnedSigma() ? 2 : 1;
            return new OrtForwardPass(
                    arena,
                    environment,
                    session,
                    new DenoiserInputs(arena, manifest, inputs, shape, maxRows),
                    manifest.denoiser().output(),
                    LatentAxes.row(manifest, shape.withChannels(factor * shape.channels())),
                    maxRows);
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the denoiser's session could not be closed", e);
        }
    }
}
