package dev.genfleet.importer.plain;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Scaled dot-product attention in heads (Vaswani et al. 2017, section 3.2). */
final class PlainAttention {

    private PlainAttention() {}

    /** Added to a score before the softmax. */
    interface Bias {

        /** Every key counts. */
        Bias NONE = (row, head, query, key) -> 0;

        double of(int row, int head, int query, int key);

        /** {@code masked} for keys whose place in {@code mask [batch, keys]} holds 0. */
        static Bias hiding(PlainTensor mask, double masked) {
            return (row, head, query, key) -> mask.values()[row * mask.side(1) + key] == 0 ? masked : 0;
        }
    }

    /** With the scale head width to the -1/2. */
    static PlainTensor attend(PlainTensor queries, PlainTensor keys, PlainTensor values, int heads, Bias bias) {
        double scale = 1 / Math.sqrt((double) queries.side(-1) / heads);
        return attendUnscaled(queries.map(x -> x * scale), keys, values, heads, bias);
    }

    /** Queries {@code [batch, S, width]}, keys and values {@code [batch, T, width]}; scores as they are. */
    static PlainTensor attendUnscaled(PlainTensor queries, PlainTensor keys, PlainTensor values, int heads, Bias bias) {
        PlainTensor result = PlainTensor.zeros(queries.shape());
        IntStream.range(0, queries.side(0) * heads)
                .parallel()
                .forEach(i -> head(queries, keys, values, bias, heads, i / heads, i % heads, result));
        return result;
    }

    private static void head(
            PlainTensor queries,
            PlainTensor keys,
            PlainTensor values,
            Bias bias,
            int heads,
            int row,
            int head,
            PlainTensor result) {
        int width = queries.side(-1);
        int size = width / heads;
        int first = head * size;
        int count = keys.side(1);
        double[][] keyColumns = new double[size][count];
        double[][] valueRows = new double[count][];
        for (int key = 0; key < count; key++) {
            int at = (row * count + key) * width + first;
            for (int i = 0; i < size; i++) {
                keyColumns[i][key] = keys.values()[at + i];
            }
            valueRows[key] = Arrays.copyOfRange(values.values(), at, at + size);
        }
        for (int query = 0; query < queries.side(1); query++) {
            int at = (row * queries.side(1) + query) * width + first;
            double[] scores = new double[count];
            Products.accumulate(queries.values(), at, keyColumns, size, scores);
            for (int key = 0; key < count; key++) {
                scores[key] += bias.of(row, head, query, key);
            }
            softmax(scores);
            double[] mixed = new double[size];
            Products.accumulate(scores, 0, valueRows, count, mixed);
            System.arraycopy(mixed, 0, result.values(), at, size);
        }
    }

    private static void softmax(double[] scores) {
        double largest = Arrays.stream(scores).max().orElseThrow();
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.exp(scores[i] - largest);
            sum += scores[i];
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= sum;
        }
    }
}
