package dev.genfleet.engine.device;

import java.nio.FloatBuffer;

/**
 * The denoiser's buffers for one latent shape: fill rows {@code 0 … rows - 1}, {@link #run}, read the predictions. Positions and
 * limits of the buffers stay as they are; read and write by index. Owned by the engine's thread.
 */
public interface ForwardPass extends AutoCloseable {

    /** Input, {@code [maxRows, channels, height, width]}, of videos {@code [maxRows, channels, frames, height, width]}. */
    FloatBuffer latents();

    /** Input: the training timestep of a row. */
    void timestep(int row, float timestep);

    /** Input: what a row's frames see; nothing to denoisers without such an input. */
    void motion(int row, Motion motion);

    /** Input: what a row is conditioned on. */
    void condition(int row, RowConditioning conditioning);

    /** Output, shaped as the input, with the channels or twice as many. */
    FloatBuffer prediction();

    /** Numbers in one row of the output. */
    int predictionElements();

    /**
     * Predicts the first rows.
     *
     * @param rows from 1 to the most rows it was prepared for
     * @throws DeviceFault when the device cannot run it; the inputs are unchanged
     */
    void run(int rows) throws DeviceFault;

    /** Frees the buffers. */
    @Override
    void close();
}
