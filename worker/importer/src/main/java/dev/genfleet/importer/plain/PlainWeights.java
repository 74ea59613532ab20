package dev.genfleet.importer.plain;

import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.StoredTensor;

/** The layers of a checkpoint by key, each read when it is applied and not kept. */
record PlainWeights(Checkpoint checkpoint) {

    boolean has(String key) {
        return checkpoint.find(key).isPresent();
    }

    /** All numbers of a small tensor, in its shape. */
    PlainTensor tensor(String key) {
        StoredTensor stored = stored(key);
        return new PlainTensor(
                StoredNumbers.of(stored).all(),
                stored.shape().stream().mapToInt(Math::toIntExact).toArray());
    }

    /** {@code [..., in] → [..., out]}: x · weightᵀ + bias. */
    PlainTensor linear(PlainTensor x, String key) {
        return biased(Products.multiply(x, stored(key + ".weight")), stored(key + ".bias"));
    }

    /** The same with part {@code index} of {@code parts} of the layer's rows. */
    PlainTensor linear(PlainTensor x, String key, int index, int parts) {
        StoredTensor weight = stored(key + ".weight").part(index, parts);
        return biased(Products.multiply(x, weight), stored(key + ".bias").part(index, parts));
    }

    /** {@code [..., in] → [..., out]}: x · weightᵀ. */
    PlainTensor unbiased(PlainTensor x, String key) {
        return Products.multiply(x, stored(key + ".weight"));
    }

    /** Rows of a table by their numbers: {@code [n] → [n, width]}. */
    PlainTensor rows(String key, double[] numbers) {
        StoredTensor table = stored(key);
        StoredNumbers stored = StoredNumbers.of(table);
        int width = Math.toIntExact(table.shape().getLast());
        PlainTensor result = PlainTensor.zeros(numbers.length, width);
        for (int row = 0; row < numbers.length; row++) {
            int from = Math.multiplyExact((int) numbers[row], width);
            for (int i = 0; i < width; i++) {
                result.values()[row * width + i] = stored.at(from + i);
            }
        }
        return result;
    }

    StoredTensor stored(String key) {
        return checkpoint
                .find(key)
                .orElseThrow(() -> new IllegalStateException(checkpoint.file() + " has no tensor " + key));
    }

    static PlainTensor biased(PlainTensor x, StoredTensor bias) {
        double[] added = StoredNumbers.of(bias).all();
        for (int i = 0; i < x.values().length; i++) {
            x.values()[i] += added[i % added.length];
        }
        return x;
    }
}
