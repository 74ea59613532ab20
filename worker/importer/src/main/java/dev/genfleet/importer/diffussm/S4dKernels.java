package dev.genfleet.importer.diffussm;

import dev.genfleet.importer.checkpoint.StoredTensor;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Convolution kernels of one direction's diagonal state space (S4D, Gu et al. 2022) with zero-order hold
 * and conjugate pairs: K[l] = 2 · Re Σ C · (exp(Δ A) - 1) / A · exp(Δ A l), in 64-bit arithmetic. Safe on any thread.
 */
final class S4dKernels {

    /** Powers are products of at most two of which each was reached in that many multiplications, so roundings stay few. */
    private static final int RUN = 64;

    private final double[] step;
    private final double[] real;
    private final double[] imaginary;
    private final double[] output;
    private final double[] skip;
    private final int pairs;

    private S4dKernels(S4dParameters parameters) throws IOException {
        step = read(parameters.logStep());
        real = read(parameters.logDecay());
        imaginary = read(parameters.frequency());
        output = read(parameters.output());
        skip = read(parameters.skip());
        pairs = real.length / step.length;
        for (int i = 0; i < step.length; i++) {
            step[i] = Math.exp(step[i]);
        }
        for (int i = 0; i < real.length; i++) {
            real[i] = -Math.exp(real[i]);
        }
    }

    static S4dKernels read(S4dParameters parameters) throws IOException {
        return new S4dKernels(parameters);
    }

    /** Channels, each of which has a kernel of its own. */
    int width() {
        return step.length;
    }

    /** The factor of a channel's input that goes straight to its output. */
    double skip(int channel) {
        return skip[channel];
    }

    /** The first {@code length} samples of a channel's kernel, without its skip. */
    double[] kernel(int channel, int length) {
        double[] kernel = new double[length];
        double[] cos = new double[RUN];
        double[] sin = new double[RUN];
        for (int pair = channel * pairs; pair < (channel + 1) * pairs; pair++) {
            double growth = Math.exp(step[channel] * real[pair]);
            double re = growth * Math.cos(step[channel] * imaginary[pair]);
            double im = growth * Math.sin(step[channel] * imaginary[pair]);
            cos[0] = 1;
            sin[0] = 0;
            for (int i = 1; i < RUN; i++) {
                cos[i] = cos[i - 1] * re - sin[i - 1] * im;
                sin[i] = cos[i - 1] * im + sin[i - 1] * re;
            }
            double jumpRe = cos[RUN - 1] * re - sin[RUN - 1] * im;
            double jumpIm = cos[RUN - 1] * im + sin[RUN - 1] * re;
            double norm = real[pair] * real[pair] + imaginary[pair] * imaginary[pair];
            double heldRe = ((re - 1) * real[pair] + im * imaginary[pair]) / norm;
            double heldIm = (im * real[pair] - (re - 1) * imaginary[pair]) / norm;
            double c = 2 * (output[2 * pair] * heldRe - output[2 * pair + 1] * heldIm);
            double d = 2 * (output[2 * pair] * heldIm + output[2 * pair + 1] * heldRe);
            for (int from = 0; from < length; from += RUN) {
                int run = Math.min(RUN, length - from);
                for (int i = 0; i < run; i++) {
                    kernel[from + i] += c * cos[i] - d * sin[i];
                }
                double next = c * jumpRe - d * jumpIm;
                d = c * jumpIm + d * jumpRe;
                c = next;
            }
        }
        return kernel;
    }

    private static double[] read(StoredTensor tensor) throws IOException {
        ByteBuffer bytes = tensor.read();
        double[] values = new double[(int) tensor.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (tensor.type()) {
                case F32 -> bytes.getFloat(i * Float.BYTES);
                case F16 -> Float.float16ToFloat(bytes.getShort(i * Short.BYTES));
                case BF16 -> Float.intBitsToFloat(bytes.getShort(i * Short.BYTES) << Short.SIZE);
                default ->
                    throw new IllegalArgumentException(
                            tensor.name() + " is of type " + tensor.type() + ", but weights are F32, F16 or BF16");
            };
        }
        return values;
    }
}
