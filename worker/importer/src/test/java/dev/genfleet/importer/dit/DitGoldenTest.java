package dev.genfleet.importer.dit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.onnx.GraphBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        DitShape shape = DitFamily.shape(
                checkpoint,
                new ObjectMapper().readTree(Golden.path("dit_tiny/config.json").toFile()));
        GraphBuilder graph = new GraphBuilder("dit", "model.safetensors");
        DitFamily.build(checkpoint, shape, graph);
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

    private Map<String, Tensor> inputs(String x, String t, String y) throws Exception {
        return Map.of("latents", io.tensor(x), "timesteps", io.tensor(t), "class_labels", io.tensor(y));
    }
}
