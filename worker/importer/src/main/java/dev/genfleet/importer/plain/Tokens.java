package dev.genfleet.importer.plain;

/**
 * What diffusion transformers do with tokens {@code [batch, tokens, width]} and vectors {@code [batch, width]} (Peebles and Xie
 * 2023, section 3.2).
 */
final class Tokens {

    private Tokens() {}

    /** Cuts {@code [batch, C, height, width]} into patches {@code [batch, tokens, C · patch²]}, channels slowest. */
    static PlainTensor patches(PlainTensor latents, int patch) {
        int channels = latents.side(1);
        int rows = latents.side(2) / patch;
        int columns = latents.side(3) / patch;
        return latents.reshaped(-1, channels, rows, patch, columns, patch)
                .permuted(0, 2, 4, 1, 3, 5)
                .reshaped(-1, rows * columns, channels * patch * patch);
    }

    /** Puts {@code [batch, tokens, patch² · C]}, channels fastest, together as {@code [batch, C, height, width]}. */
    static PlainTensor assembled(PlainTensor tokens, int patch, int height, int width) {
        int channels = tokens.side(2) / (patch * patch);
        return tokens.reshaped(-1, height / patch, width / patch, patch, patch, channels)
                .permuted(0, 5, 1, 3, 2, 4)
                .reshaped(-1, channels, height, width);
    }

    /** A patch embedding {@code key}, a convolution that moves in steps of its own size. */
    static PlainTensor embedded(PlainTensor latents, int patch, PlainWeights weights, String key) {
        return weights.linear(patches(latents, patch), key);
    }

    /** Adds {@code positions [tokens, width]} to every sample. */
    static PlainTensor placed(PlainTensor x, PlainTensor positions) {
        double[] added = positions.values();
        PlainTensor result = PlainTensor.zeros(x.shape());
        for (int i = 0; i < x.values().length; i++) {
            result.values()[i] = x.values()[i] + added[i % added.length];
        }
        return result;
    }

    /** x · (1 + scale) + shift, with one shift and one scale for all tokens of a sample. */
    static PlainTensor modulated(PlainTensor x, PlainTensor shift, PlainTensor scale) {
        PlainTensor result = PlainTensor.zeros(x.shape());
        for (int i = 0; i < x.values().length; i++) {
            int at = vectorIndex(x, i);
            result.values()[i] = x.values()[i] * (1 + scale.values()[at]) + shift.values()[at];
        }
        return result;
    }

    /** x · gate, with one gate for all tokens of a sample. */
    static PlainTensor gated(PlainTensor x, PlainTensor gate) {
        PlainTensor result = PlainTensor.zeros(x.shape());
        for (int i = 0; i < x.values().length; i++) {
            result.values()[i] = x.values()[i] * gate.values()[vectorIndex(x, i)];
        }
        return result;
    }

    /** Each of {@code [batch, ...]} {@code times} times in a row: {@code [batch · times, ...]}. */
    static PlainTensor repeated(PlainTensor x, int times) {
        int[] shape = x.shape();
        int size = x.values().length / shape[0];
        shape[0] *= times;
        PlainTensor result = PlainTensor.zeros(shape);
        for (int row = 0; row < shape[0]; row++) {
            System.arraycopy(x.values(), row / times * size, result.values(), row * size, size);
        }
        return result;
    }

    private static int vectorIndex(PlainTensor tokens, int index) {
        int width = tokens.side(2);
        return index / (tokens.side(1) * width) * width + index % width;
    }
}
