package dev.genfleet.bench;

import java.util.Arrays;

/** Quantiles of a few measurements. */
final class Quantile {

    private Quantile() {}

    /** The measurement below which {@code share} (0 to 1) of all lie, by nearest rank. */
    static double of(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(rank, 1) - 1];
    }
}
