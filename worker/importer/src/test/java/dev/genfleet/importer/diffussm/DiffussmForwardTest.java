package dev.genfleet.importer.diffussm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The emitted graph against {@link PlainDiffussm}, within 1e-5: one computes in 32 bits, the other in 64. */
class DiffussmForwardTest {

    private static final double ROUNDING = 1e-5;

    @TempDir
    private Path folder;

    static Stream<DiffussmShape> shapes() {
        return Stream.of(
                RandomDiffussm.shape(32, 2, 6, 10),
                RandomDiffussm.shape(32, 1, 7, 5),
                RandomDiffussm.shape(24, 4, 3, 8),
                RandomDiffussm.shape(24, 3, 5, 9),
                RandomDiffussm.captioned(RandomDiffussm.shape(32, 2, 4, 6), 4, 12),
                RandomDiffussm.captioned(RandomDiffussm.shape(32, 2, 5, 6), 2, 12, 20));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void equalsThePlainForward(DiffussmShape shape) throws Exception {
        Map<String, Tensor> weights = RandomDiffussm.weights(shape);
        Path model = RandomDiffussm.emit(folder, shape, weights);
        Map<String, Tensor> inputs = RandomDiffussm.inputs(shape, 2);
        try (OrtGraph graph = new OrtGraph(model)) {
            Tensor together = graph.run(inputs);
            assertThat(together.shape()).containsExactly(2, shape.outputChannels(), shape.rows(), shape.columns());
            for (int row = 0; row < 2; row++) {
                double[] expected = new PlainDiffussm(shape, weights, row(inputs, row)).forward();
                float[] found = together.rows(row, row + 1).values();
                assertThat(difference(found, expected)).isLessThan(ROUNDING);
            }
        }
    }

    @Test
    void hidesWhatTheMaskHides() throws Exception {
        DiffussmShape shape = RandomDiffussm.captioned(RandomDiffussm.shape(32, 2, 4, 6), 4, 12);
        Path model = RandomDiffussm.emit(folder, shape, RandomDiffussm.weights(shape));
        Map<String, Tensor> inputs = RandomDiffussm.inputs(shape, 1); // words 0 and 1 of 5 are to be seen
        try (OrtGraph graph = new OrtGraph(model)) {
            float[] before = graph.run(inputs).values();
            inputs.get("encoder_hidden_states").values()[3 * 12] = 100;
            assertThat(graph.run(inputs).values()).isEqualTo(before);
            inputs.get("encoder_hidden_states").values()[12] = 100;
            assertThat(graph.run(inputs).values()).isNotEqualTo(before);
        }
    }

    private static double difference(float[] found, double[] expected) {
        assertThat(found).hasSameSizeAs(expected);
        double largest = 0;
        for (int i = 0; i < found.length; i++) {
            largest = Math.max(largest, Math.abs(found[i] - expected[i]));
        }
        return largest;
    }

    private static Map<String, Tensor> row(Map<String, Tensor> inputs, int row) {
        return inputs.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, input -> input.getValue()
                .rows(row, row + 1)));
    }
}
