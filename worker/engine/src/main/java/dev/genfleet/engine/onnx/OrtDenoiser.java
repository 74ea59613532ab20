package dev.genfleet.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.genfleet.engine.device.Denoiser;
import dev.genfleet.engine.device.ForwardPass;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelManifest;

/** A denoiser as an ONNX Runtime session. */
final class OrtDenoiser implements Denoiser {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelManifest manifest;

    OrtDenoiser(OrtEnvironment environment, OrtSession session, ModelManifest manifest) {
        this.environment = environment;
        this.session = session;
        this.manifest = manifest;
    }

    @Override
    public ForwardPass prepare(LatentShape shape, int maxRows) {
        int factor = manifest.denoiser().learnedSigma() ? 2 : 1;
        return new OrtForwardPass(environment, session, manifest.denoiser(), shape, factor * shape.channels(), maxRows);
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
