package dev.genfleet.importer.diffussm;

import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Weights;
import java.util.stream.Stream;

/**
 * Where the parameters of one direction's diagonal state space (S4D, Gu et al. 2022) lie.
 *
 * @param logStep {@code [width]}
 * @param logDecay {@code [width, pairs]}: A's real part is minus its exponential
 * @param frequency {@code [width, pairs]}: A's imaginary part
 * @param output {@code [width, pairs, 2]}: C, real and imaginary
 * @param skip {@code [width]}: D
 */
record S4dParameters(
        StoredTensor logStep, StoredTensor logDecay, StoredTensor frequency, StoredTensor output, StoredTensor skip) {

    /** Takes them under the names of the S4 reference code. */
    static S4dParameters take(Weights weights, String key, int width, int pairs) {
        return new S4dParameters(
                weights.take(key + ".log_dt", width),
                weights.take(key + ".log_A_real", width, pairs),
                weights.take(key + ".A_imag", width, pairs),
                weights.take(key + ".C", width, pairs, 2),
                weights.take(key + ".D", width));
    }

    /** Counts them as a graph's, which holds only spectra. */
    void count(GraphBuilder graph) {
        Stream.of(logStep, logDecay, frequency, output, skip).forEach(graph::count);
    }
}
