package dev.genfleet.engine;

import dev.genfleet.engine.device.Denoiser;
import dev.genfleet.engine.device.LatentDecoder;
import dev.genfleet.model.ModelManifest;

/**
 * A model on the device.
 *
 * @param manifest what it takes
 * @param denoiser used by the engine's thread only
 * @param latentDecoder used by the decode threads
 */
record LoadedModel(ModelManifest manifest, Denoiser denoiser, LatentDecoder latentDecoder) implements AutoCloseable {

    @Override
    public void close() {
        denoiser.close();
        latentDecoder.close();
    }
}
