package dev.genfleet.importer.plain;

import dev.genfleet.importer.checkpoint.StoredTensor;
import java.util.stream.IntStream;

/**
 * Products of activations and weights. Cut into blocks that fit the processor's caches; each number of a result is summed in the
 * order of its terms by one thread.
 */
final class Products {

    private static final int OUTPUTS = 64;
    private static final int INPUTS = 128;
    private static final int ROWS = 256;

    private Products() {}

    /**
     * {@code [..., in] → [..., out]}: x · weightᵀ.
     *
     * @param weight {@code [out, …]}, whose other dimensions together are {@code in}
     */
    static PlainTensor multiply(PlainTensor x, StoredTensor weight) {
        int in = x.side(-1);
        int out = Math.toIntExact(weight.shape().getFirst());
        if (weight.elements() != (long) in * out) {
            throw new IllegalArgumentException(
                    weight.name() + " has shape " + weight.shape() + ", but takes vectors of " + in);
        }
        int[] sides = x.shape();
        sides[sides.length - 1] = out;
        PlainTensor result = PlainTensor.zeros(sides);
        StoredNumbers numbers = StoredNumbers.of(weight);
        int columns = (out + OUTPUTS - 1) / OUTPUTS;
        int bands = (x.rows() + ROWS - 1) / ROWS;
        IntStream.range(0, columns * bands)
                .parallel()
                .forEach(tile -> tile(x, numbers, result, tile % columns * OUTPUTS, tile / columns * ROWS));
        return result;
    }

    /** Adds Σ factors[from + k] · rows[k] to {@code sums}, for as many k as there are rows. */
    static void accumulate(double[] factors, int from, double[][] rows, int count, double[] sums) {
        int k = 0;
        for (; k + 4 <= count; k += 4) {
            double a = factors[from + k];
            double b = factors[from + k + 1];
            double c = factors[from + k + 2];
            double d = factors[from + k + 3];
            double[] p = rows[k];
            double[] q = rows[k + 1];
            double[] r = rows[k + 2];
            double[] s = rows[k + 3];
            for (int i = 0; i < sums.length; i++) {
                sums[i] += a * p[i] + b * q[i] + c * r[i] + d * s[i];
            }
        }
        for (; k < count; k++) {
            double a = factors[from + k];
            double[] p = rows[k];
            for (int i = 0; i < sums.length; i++) {
                sums[i] += a * p[i];
            }
        }
    }

    private static void tile(PlainTensor x, StoredNumbers weight, PlainTensor result, int firstOutput, int firstRow) {
        int in = x.side(-1);
        int out = result.side(-1);
        int outputs = Math.min(OUTPUTS, out - firstOutput);
        int rows = Math.min(ROWS, x.rows() - firstRow);
        double[][] block = new double[INPUTS][outputs];
        double[] sums = new double[outputs];
        for (int first = 0; first < in; first += INPUTS) {
            int count = Math.min(INPUTS, in - first);
            for (int i = 0; i < outputs; i++) {
                for (int k = 0; k < count; k++) {
                    block[k][i] = weight.at((firstOutput + i) * in + first + k);
                }
            }
            for (int row = firstRow; row < firstRow + rows; row++) {
                System.arraycopy(result.values(), row * out + firstOutput, sums, 0, outputs);
                accumulate(x.values(), row * in + first, block, count, sums);
                System.arraycopy(sums, 0, result.values(), row * out + firstOutput, outputs);
            }
        }
    }
}
