package dev.genfleet.importer.blocks;

/**
 * Frequencies of the sinusoidal timestep embedding: 10000 to the power -i/(128 - shift) for i from 0 to 127, in 32-bit arithmetic
 * step by step as the official DiT code computes them, since a timestep of 999 multiplies every rounding.
 */
public final class TimestepFrequencies {

    /** How many; the embedding is twice as wide. */
    public static final int COUNT = 128;

    private TimestepFrequencies() {}

    /** As the official DiT, PixArt and Latte have them: shift 0. */
    public static float[] official() {
        return shifted(0);
    }

    /** With another divisor; diffusers' own DiT has shift 1, which the released weights were not trained with. */
    public static float[] shifted(int shift) {
        float[] frequencies = new float[COUNT];
        float logarithm = (float) -Math.log(10_000);
        for (int i = 0; i < COUNT; i++) {
            frequencies[i] = (float) Math.exp(logarithm * i / (COUNT - shift));
        }
        return frequencies;
    }
}
