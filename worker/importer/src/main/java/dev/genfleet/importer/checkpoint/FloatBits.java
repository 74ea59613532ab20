package dev.genfleet.importer.checkpoint;

import java.util.Optional;

/**
 * Tests several floats in one long at once (IEEE 754: NaN and infinities are those whose exponent bits are all ones). The sum of
 * the lowest exponent bit and the exponent reaches the lane's top bit, cleared before, exactly when all exponent bits are set.
 *
 * @param lane bits of one float
 * @param exponent the exponent bits, in every lane
 * @param lowest the lowest of them, in every lane
 */
record FloatBits(int lane, long exponent, long lowest) {

    /** The form of a type's floats; empty for whole numbers and for 8-bit floats, which have no common form. */
    static Optional<FloatBits> of(DataType type) {
        return switch (type) {
            case F16 -> Optional.of(new FloatBits(16, 0x7c00_7c00_7c00_7c00L, 0x0400_0400_0400_0400L));
            case BF16 -> Optional.of(new FloatBits(16, 0x7f80_7f80_7f80_7f80L, 0x0080_0080_0080_0080L));
            case F32 -> Optional.of(new FloatBits(32, 0x7f80_0000_7f80_0000L, 0x0080_0000_0080_0000L));
            case F64 -> Optional.of(new FloatBits(64, 0x7ff0_0000_0000_0000L, 0x0010_0000_0000_0000L));
            default -> Optional.empty();
        };
    }

    /** Whether all floats in the first {@code count} longs are finite. One loop without branches, which compilers vectorise. */
    boolean allFinite(long[] words, int count) {
        long mask = exponent;
        long add = lowest;
        long any = 0;
        for (int i = 0; i < count; i++) {
            any |= (words[i] & mask) + add;
        }
        return (any & topBits()) == 0;
    }

    /** Whether all floats of a word are finite. */
    boolean isFinite(long word) {
        return (((word & exponent) + lowest) & topBits()) == 0;
    }

    /** NaNs among the floats of a word. */
    int nans(long word) {
        return count(word, 1);
    }

    /** Infinities among the floats of a word. */
    int infinities(long word) {
        return count(word, 0);
    }

    private int count(long word, int withFraction) {
        int found = 0;
        long laneMask = -1L >>> (Long.SIZE - lane);
        long laneExponent = exponent & laneMask;
        long fraction = laneMask >>> 1 & ~laneExponent;
        for (int shift = 0; shift < Long.SIZE; shift += lane) {
            long bits = word >>> shift & laneMask;
            if ((bits & laneExponent) == laneExponent && ((bits & fraction) != 0 ? 1 : 0) == withFraction) {
                found++;
            }
        }
        return found;
    }

    private long topBits() {
        return (exponent + lowest) & ~exponent;
    }
}
