package dev.genfleet.engine.device;

import dev.genfleet.model.LatentShape;

/** The network that turns latents into pixels. Safe on several threads at once. */
public interface LatentDecoder extends AutoCloseable {

    /**
     * Decodes one picture or frame, always alone: so its pixels cannot depend on what else is decoded.
     *
     * @param latents {@code [channels, height, width]} flat, already divided by the model's scaling factor
     * @param shape of the latents, one frame
     * @throws DeviceFault when the device cannot run it
     */
    Pixels decode(float[] latents, LatentShape shape) throws DeviceFault;

    /** Frees the network; no decode may be under way. */
    @Override
    void close();
}
