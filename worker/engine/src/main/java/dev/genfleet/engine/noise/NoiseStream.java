package dev.genfleet.engine.noise;

/**
 * The standard normal numbers of one sample, equal to consecutive {@code torch.randn(shape,
 * generator=torch.Generator('cpu').manual_seed(seed))}: draw 0 is the initial latents, draw {@code 1 + k} the noise of step
 * {@code k}. Any draw can be asked for at any time; asking in order is cheapest. Not thread-safe.
 *
 * <p>PyTorch has two normal transforms, both Box and Muller 1958. Tensors of 16 and more values: uniform float32 numbers of 24
 * bits, transformed in blocks of 8 + 8, the last 16 drawn anew where the length is no multiple of 16. Shorter ones: float64
 * numbers of 53 bits in pairs, the second of a pair kept for the next value, also across draws.
 */
public final class NoiseStream {

    private static final int BLOCK = 16;
    private static final float TWO_PI = (float) (2 * Math.PI);
    private static final float FLOAT_UNIT = 0x1p-24f;
    private static final double DOUBLE_UNIT = 0x1p-53;
    private static final int BITS_PER_PAIR = 4;

    private final long seed;
    private final int elements;
    private final Mt19937 bits;
    private long nextDraw;

    /**
     * A stream at its start.
     *
     * @param seed as given to {@code manual_seed}
     * @param elements numbers of one draw, from 1
     */
    public NoiseStream(long seed, int elements) {
        if (elements < 1) {
            throw new IllegalArgumentException("elements is " + elements + ", but must be at least 1");
        }
        this.seed = seed;
        this.elements = elements;
        this.bits = new Mt19937(seed);
    }

    /**
     * Writes one draw.
     *
     * @param draw index of the draw, from 0
     * @param out receives the first {@code elements} numbers
     */
    public void fill(long draw, float[] out) {
        if (elements < BLOCK) {
            fillPairs(draw, out);
        } else {
            fillBlocks(draw, out);
        }
    }

    private void fillBlocks(long draw, float[] out) {
        int tail = elements % BLOCK;
        if (draw != nextDraw) {
            bits.seed(seed);
            bits.skip(draw * (elements + (tail == 0 ? 0 : BLOCK)));
        }
        nextDraw = draw + 1;
        uniform(out, 0, elements);
        for (int start = 0; start + BLOCK <= elements; start += BLOCK) {
            transform(out, start);
        }
        if (tail != 0) {
            uniform(out, elements - BLOCK, elements);
            transform(out, elements - BLOCK);
        }
    }

    private void uniform(float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = (bits.next() & 0xffffff) * FLOAT_UNIT;
        }
    }

    private static void transform(float[] out, int start) {
        for (int i = start; i < start + BLOCK / 2; i++) {
            float radius = (float) Math.sqrt(-2f * SingleFloat.log(1f - out[i]));
            float angle = TWO_PI * out[i + BLOCK / 2];
            out[i] = radius * SingleFloat.cos(angle);
            out[i + BLOCK / 2] = radius * SingleFloat.sin(angle);
        }
    }

    private void fillPairs(long draw, float[] out) {
        long first = draw * elements;
        bits.seed(seed);
        bits.skip(first / 2 * BITS_PER_PAIR);
        for (long value = first - first % 2; value < first + elements; value += 2) {
            double angle = 2 * Math.PI * uniformDouble();
            double radius = Math.sqrt(-2 * StrictMath.log1p(-uniformDouble()));
            put(out, value - first, radius * StrictMath.cos(angle));
            put(out, value + 1 - first, radius * StrictMath.sin(angle));
        }
    }

    private void put(float[] out, long index, double value) {
        if (index >= 0 && index < elements) {
            out[(int) index] = (float) value;
        }
    }

    private double uniformDouble() {
        long high = Integer.toUnsignedLong(bits.next());
        long low = Integer.toUnsignedLong(bits.next());
        return (((high << 32) | low) & ((1L << 53) - 1)) * DOUBLE_UNIT;
    }
}
