package dev.genfleet.importer.plain;

import java.util.stream.IntStream;

/**
 * One direction's diagonal state spaces, one for each channel, as a recurrence: x' = Ā x + B̄ u, y = 2 · Re(C x') + D u, with Ā =
 * exp(Δ A) and B̄ = (Ā - 1) / A, which is zero-order hold with B = 1 (S4D, Gu et al. 2022, section 3; conjugate pairs count once).
 */
final class StateSpace {

    private final double[] step;
    private final double[] decay;
    private final double[] frequency;
    private final double[] output;
    private final double[] skip;

    private StateSpace(PlainWeights weights, String key) {
        step = weights.tensor(key + ".log_dt").map(Math::exp).values();
        decay = weights.tensor(key + ".log_A_real").map(x -> -Math.exp(x)).values();
        frequency = weights.tensor(key + ".A_imag").values();
        output = weights.tensor(key + ".C").values();
        skip = weights.tensor(key + ".D").values();
    }

    static StateSpace read(PlainWeights weights, String key) {
        return new StateSpace(weights, key);
    }

    /** From the first cell to the last; u {@code [batch, cells, channels]}. */
    PlainTensor forwards(PlainTensor u) {
        return run(u, 0, 1);
    }

    /** From the last cell to the first. */
    PlainTensor backwards(PlainTensor u) {
        return run(u, u.side(1) - 1, -1);
    }

    private PlainTensor run(PlainTensor u, int first, int stride) {
        PlainTensor result = PlainTensor.zeros(u.shape());
        int channels = skip.length;
        IntStream.range(0, u.side(0) * channels).parallel().forEach(i -> {
            int row = i / channels;
            int channel = i % channels;
            int start = (row * u.side(1) + first) * channels + channel;
            for (int cell = 0, at = start; cell < u.side(1); cell++, at += stride * channels) {
                result.values()[at] = skip[channel] * u.values()[at];
            }
            int pairs = decay.length / channels;
            for (int pair = channel * pairs; pair < (channel + 1) * pairs; pair++) {
                recur(u, result, pair, channel, start, stride * channels);
            }
        });
        return result;
    }

    /** Adds what one pair of states contributes. */
    private void recur(PlainTensor u, PlainTensor result, int pair, int channel, int start, int stride) {
        double growth = Math.exp(step[channel] * decay[pair]);
        double aRe = growth * Math.cos(step[channel] * frequency[pair]);
        double aIm = growth * Math.sin(step[channel] * frequency[pair]);
        double norm = decay[pair] * decay[pair] + frequency[pair] * frequency[pair];
        double bRe = ((aRe - 1) * decay[pair] + aIm * frequency[pair]) / norm;
        double bIm = (aIm * decay[pair] - (aRe - 1) * frequency[pair]) / norm;
        double xRe = 0;
        double xIm = 0;
        for (int cell = 0, at = start; cell < u.side(1); cell++, at += stride) {
            double input = u.values()[at];
            double next = aRe * xRe - aIm * xIm + bRe * input;
            xIm = aRe * xIm + aIm * xRe + bIm * input;
            xRe = next;
            result.values()[at] += 2 * (output[2 * pair] * xRe - output[2 * pair + 1] * xIm);
        }
    }
}
