package dev.genfleet.report;

import java.util.Arrays;

/** The middle of several numbers. */
final class Median {

    private Median() {}

    /**
     * The median; of an even count, the upper one of the middle two.
     *
     * @throws IllegalArgumentException when there are none
     */
    static double of(double... numbers) {
        if (numbers.length == 0) {
            throw new IllegalArgumentException("there are no numbers, but a median is that of at least one");
        }
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
