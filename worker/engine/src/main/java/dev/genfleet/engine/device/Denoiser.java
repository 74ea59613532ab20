package dev.genfleet.engine.device;

import dev.genfleet.model.LatentShape;

/** The network that predicts the noise in latents. Owned by the engine's thread. */
public interface Denoiser extends AutoCloseable {

    /**
     * Prepares forwards over latents of one shape, with all buffers allocated once.
     *
     * @param shape of each row's latents
     * @param maxRows most rows of one forward, from 1
     */
    ForwardPass prepare(LatentShape shape, int maxRows);

    /** Frees the network; close its forward passes before. */
    @Override
    void close();
}
