package dev.genfleet.engine.noise;

/**
 * Logarithm, sine and cosine in float32 with fused multiply-adds: the single-precision approximations of the Cephes library
 * (Moshier 1989, {@code logf}, {@code sinf}, {@code cosf}) in the order of operations of PyTorch's AVX2 normal transform, so
 * that the results agree bit for bit. Pure functions; the same bits on every JVM.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the constants as published
final class SingleFloat {

    private static final float SQRT_HALF = 0.70710678f;
    private static final float LN2_LOW = -2.12194440e-4f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float[] LOG = {
        7.0376836292e-2f,
        -1.1514610310e-1f,
        1.1676998740e-1f,
        -1.2420140846e-1f,
        1.4249322787e-1f,
        -1.6668057665e-1f,
        2.0000714765e-1f,
        -2.4999993993e-1f,
        3.3333331174e-1f
    };

    /** π/4 in three parts, each with few bits, so that its multiples are subtracted exactly (Cody and Waite 1980). */
    private static final float[] QUARTER_PI = {-0.78515625f, -2.4187564849853515625e-4f, -3.77489497744594108e-8f};

    private static final float FOUR_OVER_PI = 1.27323954473516f;

    private SingleFloat() {}

    /** Natural logarithm of a normal positive number. */
    static float log(float value) {
        int bits = Float.floatToRawIntBits(value);
        float exponent = (bits >>> 23) - 126;
        float x = Float.intBitsToFloat((bits & 0x007fffff) | 0x3f000000);
        if (x < SQRT_HALF) {
            exponent -= 1f;
            x = (x - 1f) + x;
        } else {
            x -= 1f;
        }
        float z = x * x;
        float y = LOG[0];
        for (int i = 1; i < LOG.length; i++) {
            y = Math.fma(y, x, LOG[i]);
        }
        y = Math.fma(y * x, z, exponent * LN2_LOW);
        y = Math.fma(z, -0.5f, y);
        return Math.fma(exponent, LN2_HIGH, x + y);
    }

    /** Cosine of an angle from 0 to 2π. */
    static float cos(float angle) {
        int octant = octant(angle);
        float x = reduce(angle, octant);
        float value = (octant & 2) == 0 ? cosPolynomial(x) : sinPolynomial(x);
        return ((octant - 2) & 4) == 0 ? -value : value;
    }

    /** Sine of an angle from 0 to 2π. */
    static float sin(float angle) {
        int octant = octant(angle);
        float x = reduce(angle, octant);
        float value = (octant & 2) == 0 ? sinPolynomial(x) : cosPolynomial(x);
        return (octant & 4) != 0 ? -value : value;
    }

    private static int octant(float angle) {
        return ((int) (angle * FOUR_OVER_PI) + 1) & ~1;
    }

    private static float reduce(float angle, int octant) {
        float x = angle;
        for (float part : QUARTER_PI) {
            x = Math.fma(octant, part, x);
        }
        return x;
    }

    private static float sinPolynomial(float x) {
        float z = x * x;
        float y = Math.fma(-1.9515295891e-4f, z, 8.3321608736e-3f);
        y = Math.fma(y, z, -1.6666654611e-1f);
        return Math.fma(y * z, x, x);
    }

    private static float cosPolynomial(float x) {
        float z = x * x;
        float y = Math.fma(2.443315711809948e-5f, z, -1.388731625493765e-3f);
        y = Math.fma(y, z, 4.166664568298827e-2f);
        return Math.fma(y * z, z, -(z * 0.5f)) + 1f;
    }
}
