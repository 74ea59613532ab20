package dev.genfleet.importer.plain;

import dev.genfleet.importer.checkpoint.StoredTensor;

/** Convolutions of {@code [batch, channels, height, width]}, as products of the weights with every place's surroundings. */
final class Convolutions {

    private static final int BAND = 2048;

    private Convolutions() {}

    /** Keeps height and width: zeros around, {@code key.weight} of an odd size. */
    static PlainTensor same(PlainTensor x, PlainWeights weights, String key) {
        int margin = Math.floorDiv(kernel(weights, key), 2);
        return convolve(x, weights, key, new Steps(1, margin, x.side(2), x.side(3)));
    }

    /** Halves height and width: steps of two, zeros to the right and below only. */
    static PlainTensor halved(PlainTensor x, PlainWeights weights, String key) {
        return convolve(x, weights, key, new Steps(2, 0, x.side(2) / 2, x.side(3) / 2));
    }

    /** Repeats each cell twice along both sides. */
    static PlainTensor doubled(PlainTensor x) {
        int height = 2 * x.side(2);
        int width = 2 * x.side(3);
        PlainTensor result = PlainTensor.zeros(x.side(0), x.side(1), height, width);
        for (int i = 0; i < result.values().length; i++) {
            int plane = i / (height * width);
            int row = i / width % height;
            int column = i % width;
            int from = plane * x.side(2) + Math.floorDiv(row, 2);
            result.values()[i] = x.values()[from * x.side(3) + Math.floorDiv(column, 2)];
        }
        return result;
    }

    /**
     * Where a kernel is laid.
     *
     * @param stride cells between two places
     * @param margin zeros above and to the left
     * @param height places along a column
     * @param width places along a row
     */
    private record Steps(int stride, int margin, int height, int width) {}

    private static PlainTensor convolve(PlainTensor x, PlainWeights weights, String key, Steps steps) {
        StoredTensor kernel = weights.stored(key + ".weight");
        int out = Math.toIntExact(kernel.shape().getFirst());
        int side = kernel(weights, key);
        int places = steps.height() * steps.width();
        PlainTensor result = PlainTensor.zeros(x.side(0), out, steps.height(), steps.width());
        for (int first = 0; first < x.side(0) * places; first += BAND) {
            int count = Math.min(BAND, x.side(0) * places - first);
            PlainTensor around = PlainTensor.zeros(count, x.side(1) * side * side);
            for (int i = 0; i < count; i++) {
                gather(x, (first + i) / places, (first + i) % places, side, steps, around, i);
            }
            PlainTensor product = PlainWeights.biased(Products.multiply(around, kernel), weights.stored(key + ".bias"));
            for (int i = 0; i < count; i++) {
                int row = (first + i) / places;
                int place = (first + i) % places;
                for (int channel = 0; channel < out; channel++) {
                    result.values()[(row * out + channel) * places + place] = product.values()[i * out + channel];
                }
            }
        }
        return result;
    }

    private static void gather(
            PlainTensor x, int row, int place, int side, Steps steps, PlainTensor around, int target) {
        int top = place / steps.width() * steps.stride() - steps.margin();
        int left = place % steps.width() * steps.stride() - steps.margin();
        int to = target * around.side(1);
        for (int channel = 0; channel < x.side(1); channel++) {
            for (int i = top; i < top + side; i++) {
                for (int j = left; j < left + side; j++, to++) {
                    if (i >= 0 && i < x.side(2) && j >= 0 && j < x.side(3)) {
                        int plane = row * x.side(1) + channel;
                        around.values()[to] = x.values()[(plane * x.side(2) + i) * x.side(3) + j];
                    }
                }
            }
        }
    }

    private static int kernel(PlainWeights weights, String key) {
        return Math.toIntExact(weights.stored(key + ".weight").shape().getLast());
    }
}
