package dev.genfleet.importer.dit;

/**
 * Frequencies of the sinusoidal timestep embedding: 10000 to the power -i/128 for i from 0 to 127, in 32-bit arithmetic step by
 * step as the official code computes them, since a timestep of 999 multiplies every rounding.
 */
final class TimestepFrequencies {

    private static final int COUNT = 128;

    private TimestepFrequencies() {}

    static float[] official() {
        float[] frequencies = new float[COUNT];
        float logarithm = (float) -Math.log(10_000);
        for (int i = 0; i < COUNT; i++) {
            frequencies[i] = (float) Math.exp(logarithm * i / COUNT);
        }
        return frequencies;
    }
}
