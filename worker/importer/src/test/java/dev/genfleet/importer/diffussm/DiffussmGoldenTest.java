package dev.genfleet.importer.diffussm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.CheckpointWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against an independent PyTorch reference of the same conventions: one forward within 1e-5, the rounding of 32-bit sums, and the
 * state space of block 0 by itself.
 */
class DiffussmGoldenTest {

    private static final double ROUNDING = 1e-5;
    private static final int SIDE = 8;
    private static final int WIDTH = 48;
    private static final int PAIRS = 8;

    @TempDir
    private Path folder;

    private Checkpoint checkpoint;
    private Golden io;

    @BeforeEach
    void open() throws Exception {
        Path weights = folder.resolve("model.safetensors");
        Files.copy(Golden.path("diffussm_tiny/model.safetensors"), weights);
        checkpoint = Safetensors.open(weights);
        io = Golden.open("diffussm_tiny/io.safetensors");
    }

    @Test
    void equalsTheReferenceForward() throws Exception {
        JsonNode config = new JsonMapper()
                .readTree(Golden.path("diffussm_tiny/config.json").toFile());
        DiffussmArchitecture architecture =
                new DiffussmFamily().read(checkpoint, config).at(SIDE, SIDE);
        Path model = Emitted.write(folder, Emission.graph(architecture, checkpoint));
        try (OrtGraph graph = new OrtGraph(model)) {
            Tensor prediction = graph.run(
                    Map.of("latents", io.tensor("x"), "timesteps", io.tensor("t"), "class_labels", io.tensor("y")));
            assertThat(prediction.distance(io.tensor("out"))).isLessThan(ROUNDING);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fwd", "bwd"})
    void computesTheReferenceKernels(String direction) throws Exception {
        S4dKernels kernels = kernels(direction);
        Tensor expected = io.tensor("kernel_" + direction + "_b0");
        int length = SIDE * SIDE;
        for (int channel = 0; channel < WIDTH; channel++) {
            double[] kernel = kernels.kernel(channel, length);
            for (int l = 0; l < length; l++) {
                assertThat(kernel[l]).isCloseTo(expected.values()[channel * length + l], within(ROUNDING));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fwd", "bwd"})
    void convolvesAsTheReferenceStateSpace(String direction) throws Exception {
        S4dKernels kernels = kernels(direction);
        float[] signal = io.tensor("u").values();
        float[] expected = io.tensor("s4d_" + direction + "_b0").values();
        int length = SIDE * SIDE;
        for (int row = 0; row < signal.length / length; row++) {
            int channel = row % WIDTH;
            double[] kernel = kernels.kernel(channel, length);
            for (int t = 0; t < length; t++) {
                double sum = kernels.skip(channel) * signal[row * length + t];
                for (int lag = 0; lag < length; lag++) {
                    int from = direction.equals("fwd") ? t - lag : t + lag;
                    sum += from >= 0 && from < length ? kernel[lag] * signal[row * length + from] : 0;
                }
                assertThat(sum).isCloseTo(expected[row * length + t], within(ROUNDING));
            }
        }
    }

    private S4dKernels kernels(String direction) throws Exception {
        return S4dKernels.read(
                S4dParameters.take(new CheckpointWeights(checkpoint), "blocks.0.ssm_" + direction, WIDTH, PAIRS));
    }
}
