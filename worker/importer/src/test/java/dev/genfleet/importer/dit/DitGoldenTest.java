package dev.genfleet.importer.dit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.GraphBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The emitted graph against the official implementation's numbers: one forward within 1e-5, the rounding of 32-bit sums. */
class DitGoldenTest {

    private static final double ROUNDING = 1e-5;

    @TempDir
    private Path folder;

    private Path model;
    private Golden io;

    @BeforeEach
    void emit() throws Exception {
        Path weights = folder.resolve("model.safetensors");
        Files.copy(Golden.path("dit_tiny/model_facebook.safetensors"), weights);
        Checkpoint checkpoint = Safetensors.open(weights);
        DitArchitecture dit = new DitFamily()
                .read(
                        checkpoint,
                        new ObjectMapper()
                                .readTree(Golden.path("dit_tiny/config.json").toFile()));
        GraphBuilder graph = Emission.graph(dit, checkpoint);
        model = Files.write(folder.resolve("model.onnx"), graph.toBytes());
        io = Golden.open("dit_tiny/io.safetensors");
    }

    @Test
    void equalsTheOfficialForward() throws Exception {
        try (OrtGraph graph = new OrtGraph(model)) {
            assertThat(graph.run(inputs("x", "t", "y")).distance(io.tensor("out")))
                    .isLessThan(ROUNDING);
        }
    }

    @Test
    void takesFractionalTimesteps() throws Exception {
        try (OrtGraph graph = new OrtGraph(model)) {
            assertThat(graph.run(inputs("x", "t_frac", "y")).distance(io.tensor("out_frac")))
                    .isLessThan(ROUNDING);
        }
    }

    /**
     * The official guided forward: the first half of the latents runs with its labels and with the null class, the first three
     * channels of the noise are guided, and everything else stays as each half predicted it.
     */
    @ParameterizedTest
    @ValueSource(floats = {1.0f, 1.5f, 4.0f})
    void givesTheOfficialGuidedPrediction(float scale) throws Exception {
        Tensor x = io.tensor("cfg_x").rows(0, 2);
        try (OrtGraph graph = new OrtGraph(model)) {
            Map<String, Tensor> inputs = Map.of(
                    "latents", x.followedBy(x), "timesteps", io.tensor("cfg_t"), "class_labels", io.tensor("cfg_y"));
            Tensor guided = graph.run(inputs);
            int sample = guided.values().length / 4;
            int threeChannels = sample * 3 / 8;
            for (int i = 0; i < 2 * sample; i++) {
                if (i % sample < threeChannels) {
                    float conditional = guided.values()[i];
                    float unconditional = guided.values()[i + 2 * sample];
                    float combined = unconditional + scale * (conditional - unconditional);
                    guided.values()[i] = combined;
                    guided.values()[i + 2 * sample] = combined;
                }
            }
            assertThat(guided.distance(io.tensor("cfg_out_" + scale))).isLessThan(scale * ROUNDING);
        }
    }

    private Map<String, Tensor> inputs(String x, String t, String y) throws Exception {
        return Map.of("latents", io.tensor(x), "timesteps", io.tensor(t), "class_labels", io.tensor(y));
    }
}
