package dev.genfleet.importer.plain;

import dev.genfleet.importer.precision.Precision;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How far an output of a graph is from the plain reading's.
 *
 * @param output its name
 * @param largest largest absolute difference; infinite where one of both is no number
 * @param deviation standard deviation of the plain reading's numbers
 * @param relative root mean square of the differences divided by that of the plain reading's numbers
 */
public record GraphDifference(String output, double largest, double deviation, double relative) {

    /** Largest difference that rounding to 32 bits explains, in standard deviations of the output. */
    public static final double ROUNDING = 1e-4;

    static GraphDifference of(String output, PlainTensor expected, PlainTensor actual) {
        int count = expected.values().length;
        double largest = 0;
        double mean = 0;
        double squares = 0;
        double differences = 0;
        for (int i = 0; i < count; i++) {
            double value = expected.values()[i];
            double difference = Math.abs(value - actual.values()[i]);
            if (Double.isNaN(difference)) {
                return new GraphDifference(output, Double.POSITIVE_INFINITY, Double.NaN, Double.POSITIVE_INFINITY);
            }
            largest = Math.max(largest, difference);
            mean += value / count;
            squares += value * value / count;
            differences += difference * difference / count;
        }
        return new GraphDifference(
                output,
                largest,
                Math.sqrt(Math.max(0, squares - mean * mean)),
                differences == 0 ? 0 : Math.sqrt(differences / squares));
    }

    /** What {@link #largest} may be: a bound for 32-bit floats, none where weights were rounded, whose error is only told. */
    public OptionalDouble tolerance(Precision precision) {
        return precision == Precision.FP32 ? OptionalDouble.of(ROUNDING * deviation) : OptionalDouble.empty();
    }

    /** Whether the difference is no more than rounding; for precisions without a tolerance, whether all are numbers. */
    public boolean passes(Precision precision) {
        return Double.isFinite(largest) && largest <= tolerance(precision).orElse(Double.MAX_VALUE);
    }

    /** The numbers in words. */
    public String describe() {
        if (Double.isInfinite(largest)) {
            return output + " holds values that are no finite numbers, in the graph or in the plain reading";
        }
        return String.format(
                Locale.ROOT,
                "%s differs by %.1e at most, where its standard deviation is %.2g; relative error %.1e",
                output,
                largest,
                deviation,
                relative);
    }
}
