package dev.genfleet.importer.text;

/**
 * Buckets of distances between tokens (Raffel et al. 2020, section 2.1): half of them for keys after the query; of each half, half
 * for one distance each, the rest for ranges that grow logarithmically up to {@code farthest}.
 *
 * @param buckets in both directions together
 * @param farthest distance from which on all fall into the last bucket
 */
public record RelativePositions(int buckets, int farthest) {

    public RelativePositions {
        if (buckets < 4 || buckets % 4 != 0 || farthest <= buckets / 4 || farthest > 1 << 16) {
            throw new IllegalArgumentException(
                    "distances up to " + farthest + " do not fall into " + buckets + " buckets");
        }
    }

    /** Those of all published T5 models. */
    public static RelativePositions usual() {
        return new RelativePositions(32, 128);
    }

    /** The bucket of a key {@code distance} tokens after the query, negative where it stands before. */
    public int bucket(int distance) {
        int half = buckets / 2;
        int exact = half / 2;
        int away = Math.abs(distance);
        int offset = distance > 0 ? half : 0;
        if (away < exact) {
            return offset + away;
        }
        // in 32-bit floats, as the models were trained: at some distances doubles round into another bucket
        float share = (float) Math.log((float) away / exact) / (float) Math.log((double) farthest / exact);
        return offset + Math.min(half - 1, exact + (int) (share * (half - exact)));
    }

    /** Buckets of the distances {@code -farthest … farthest}; all beyond share those of the ends. */
    long[] table() {
        long[] table = new long[2 * farthest + 1];
        for (int i = 0; i < table.length; i++) {
            table[i] = bucket(i - farthest);
        }
        return table;
    }
}
