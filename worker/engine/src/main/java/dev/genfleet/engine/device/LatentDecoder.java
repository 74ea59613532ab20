package dev.genfleet.engine.device;

import dev.genfleet.model.LatentShape;
import java.util.List;

/** The network that turns latents into pixels. Safe on several threads at once. */
public interface LatentDecoder extends AutoCloseable {

    /**
     * Decodes pictures or frames in one forward, or as few as the graph allows. The pixels of each are the same bits whoever
     * shares the forward.
     *
     * @param latents of each {@code [channels, height, width]} flat, already divided by the model's scaling factor
     * @param shape of the latents of one
     * @return as many, in the same order
     * @throws DeviceFault when the device cannot run it
     */
    List<Pixels> decode(List<float[]> latents, LatentShape shape) throws DeviceFault;

    /** Frees the network; no decode may be under way. */
    @Override
    void close();
}
