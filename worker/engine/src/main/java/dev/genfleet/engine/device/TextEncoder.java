package dev.genfleet.engine.device;

/** The network that turns tokens into vectors. Owned by the text thread. */
public interface TextEncoder extends AutoCloseable {

    /**
     * Encodes one caption, always alone: so its vectors cannot depend on what else is encoded.
     *
     * @param ids {@code [tokens]}, padded
     * @param mask {@code [tokens]}: 1 for tokens of the caption, 0 for padding
     * @throws DeviceFault when the device cannot run it
     */
    TokenVectors encode(long[] ids, long[] mask) throws DeviceFault;

    /** Frees the network. */
    @Override
    void close();
}
