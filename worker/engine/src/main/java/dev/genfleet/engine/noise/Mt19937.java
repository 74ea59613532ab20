package dev.genfleet.engine.noise;

/**
 * The 32-bit Mersenne Twister (Matsumoto and Nishimura 1998, "Mersenne Twister", ACM TOMACS 8(1)), seeded by its 2002
 * initialiser, as {@code torch.Generator('cpu')} uses it: only the seed's low 32 bits matter.
 */
final class Mt19937 {

    private static final int WORDS = 624;
    private static final int SHIFT = 397;
    private static final int UPPER = 0x80000000;
    private static final int LOWER = 0x7fffffff;

    private final int[] state = new int[WORDS];
    private int position;

    Mt19937(long seed) {
        seed(seed);
    }

    void seed(long seed) {
        state[0] = (int) seed;
        for (int i = 1; i < WORDS; i++) {
            int previous = state[i - 1];
            state[i] = 1812433253 * (previous ^ (previous >>> 30)) + i;
        }
        position = WORDS;
    }

    /** The next 32 random bits. */
    int next() {
        if (position == WORDS) {
            twist();
            position = 0;
        }
        int y = state[position++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    /** Passes over {@code count} numbers, as if {@link #next} had been called so often. */
    void skip(long count) {
        long target = position + count;
        while (target > WORDS) {
            twist();
            target -= WORDS;
        }
        position = (int) target;
    }

    private void twist() {
        for (int i = 0; i < WORDS; i++) {
            int y = (state[i] & UPPER) | (state[(i + 1) % WORDS] & LOWER);
            state[i] = state[(i + SHIFT) % WORDS] ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
        }
    }
}
