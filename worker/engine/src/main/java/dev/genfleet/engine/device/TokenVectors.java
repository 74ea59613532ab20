package dev.genfleet.engine.device;

import java.util.Objects;
import java.util.Optional;

/** A caption as one text encoder puts it: a vector for each token. The arrays are handed over, not copied; nobody changes them. */
public final class TokenVectors {

    private final int width;
    private final float[] states;
    private final long[] mask;
    private final Optional<float[]> pooled;

    /**
     * Wraps an encoder's output.
     *
     * @param width of each token's vector
     * @param states {@code [tokens, width]} flat
     * @param mask {@code [tokens]}: 1 for tokens of the caption, 0 for padding
     * @param pooled one vector for the whole caption, of encoders that have one
     */
    public TokenVectors(int width, float[] states, long[] mask, Optional<float[]> pooled) {
        if (states.length != (long) width * mask.length) {
            throw new IllegalArgumentException(mask.length + " tokens of width " + width + " have "
                    + (long) width * mask.length + " numbers, but " + states.length + " were given");
        }
        this.width = width;
        this.states = states;
        this.mask = mask;
        this.pooled = Objects.requireNonNull(pooled, "pooled");
    }

    /** The null text of some models: zeros in every vector, the mask kept. */
    public TokenVectors zeros() {
        return new TokenVectors(width, new float[states.length], mask, pooled.map(vector -> new float[vector.length]));
    }

    public int tokens() {
        return mask.length;
    }

    public int width() {
        return width;
    }

    /** {@code [tokens, width]} flat; not a copy. */
    public float[] states() {
        return states;
    }

    /** {@code [tokens]}; not a copy. */
    public long[] mask() {
        return mask;
    }

    /** One vector for the whole caption; not a copy. */
    public Optional<float[]> pooled() {
        return pooled;
    }

    /** Bytes of the arrays. */
    public long bytes() {
        return (long) Float.BYTES
                        * (states.length + pooled.map(vector -> vector.length).orElse(0))
                + (long) Long.BYTES * mask.length;
    }
}
