package dev.genfleet.importer.plain;

import java.util.stream.IntStream;

/** Normalisations. */
final class Norms {

    private Norms() {}

    /** Mean 0 and variance 1 along the last dimension (Ba et al. 2016, equation 3), no gain and no bias. */
    static PlainTensor layer(PlainTensor x, double epsilon) {
        PlainTensor result = PlainTensor.zeros(x.shape());
        IntStream.range(0, x.rows())
                .parallel()
                .forEach(row -> standardise(x, result, row * x.side(-1), x.side(-1), epsilon));
        return result;
    }

    /** The same with {@code key.weight} and {@code key.bias}. */
    static PlainTensor layer(PlainTensor x, double epsilon, PlainWeights weights, String key) {
        PlainTensor result = layer(x, epsilon);
        double[] gain = weights.tensor(key + ".weight").values();
        double[] bias = weights.tensor(key + ".bias").values();
        for (int i = 0; i < result.values().length; i++) {
            result.values()[i] = result.values()[i] * gain[i % gain.length] + bias[i % bias.length];
        }
        return result;
    }

    /** Root mean square 1 along the last dimension (Zhang and Sennrich 2019, equation 4), times {@code key.weight}. */
    static PlainTensor rootMeanSquare(PlainTensor x, double epsilon, PlainWeights weights, String key) {
        double[] gain = weights.tensor(key + ".weight").values();
        int width = x.side(-1);
        PlainTensor result = PlainTensor.zeros(x.shape());
        for (int row = 0; row < x.rows(); row++) {
            double squares = 0;
            for (int i = 0; i < width; i++) {
                squares += x.values()[row * width + i] * x.values()[row * width + i];
            }
            double root = Math.sqrt(squares / width + epsilon);
            for (int i = 0; i < width; i++) {
                result.values()[row * width + i] = x.values()[row * width + i] / root * gain[i];
            }
        }
        return result;
    }

    /**
     * Mean 0 and variance 1 over each group of channels and all places (Wu and He 2018, equation 7), then {@code key.weight} and
     * {@code key.bias} of each channel; x {@code [batch, channels, ...]}.
     */
    static PlainTensor group(PlainTensor x, int groups, double epsilon, PlainWeights weights, String key) {
        double[] gain = weights.tensor(key + ".weight").values();
        double[] bias = weights.tensor(key + ".bias").values();
        int batch = x.side(0);
        int size = x.values().length / (batch * groups);
        PlainTensor result = PlainTensor.zeros(x.shape());
        IntStream.range(0, batch * groups)
                .parallel()
                .forEach(group -> standardise(x, result, group * size, size, epsilon));
        int places = x.values().length / (batch * gain.length);
        for (int i = 0; i < result.values().length; i++) {
            int channel = i / places % gain.length;
            result.values()[i] = result.values()[i] * gain[channel] + bias[channel];
        }
        return result;
    }

    private static void standardise(PlainTensor x, PlainTensor result, int from, int count, double epsilon) {
        double mean = 0;
        for (int i = from; i < from + count; i++) {
            mean += x.values()[i] / count;
        }
        double variance = 0;
        for (int i = from; i < from + count; i++) {
            variance += (x.values()[i] - mean) * (x.values()[i] - mean) / count;
        }
        double deviation = Math.sqrt(variance + epsilon);
        for (int i = from; i < from + count; i++) {
            result.values()[i] = (x.values()[i] - mean) / deviation;
        }
    }
}
