package dev.genfleet.engine.device;

import java.util.List;

/** The network that turns tokens into vectors. Owned by the text thread. */
public interface TextEncoder extends AutoCloseable {

    /** Most captions of one forward, from 1; what bounds it is their tokens. */
    int mostRows();

    /**
     * Encodes captions in one forward, or as few as the graph allows. The vectors of each are the same bits whoever shares the
     * forward.
     *
     * @param captions from 1 to {@link #mostRows}, all padded to the encoder's length
     * @return as many, in the same order
     * @throws DeviceFault when the device cannot run it; any one of the captions may be the cause
     */
    List<TokenVectors> encode(List<TokenIds> captions) throws DeviceFault;

    /** Frees the network. */
    @Override
    void close();
}
