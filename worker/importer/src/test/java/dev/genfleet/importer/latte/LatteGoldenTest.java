package dev.genfleet.importer.latte;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.blocks.SinCosPositions;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.family.Emission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The emitted graph against diffusers' numbers: one forward within 1e-5, the rounding of 32-bit sums. */
class LatteGoldenTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"true, out", "false, out_no_temporal"})
    void equalsTheReferenceWithAndWithoutTemporalBlocks(boolean temporal, String prediction) throws Exception {
        Path weights = folder.resolve("model.safetensors");
        Files.copy(Golden.path("latte_tiny/diffusion_pytorch_model.safetensors"), weights);
        Checkpoint checkpoint = Safetensors.open(weights);
        ObjectNode config = (ObjectNode) new ObjectMapper()
                .readTree(Golden.path("latte_tiny/config.json").toFile());
        config.put("enable_temporal_attentions", temporal);
        LatteArchitecture latte = new LatteFamily().read(checkpoint, config);
        Path model = Files.write(
                folder.resolve("model.onnx"), Emission.graph(latte, checkpoint).toBytes());
        Golden io = Golden.open("latte_tiny/io.safetensors");
        float[] everyToken = new float[10];
        Arrays.fill(everyToken, 1);
        try (OrtGraph graph = new OrtGraph(model)) {
            Tensor out = graph.run(Map.of(
                    "latents", io.tensor("x"),
                    "timesteps", io.tensor("t"),
                    "encoder_hidden_states", io.tensor("encoder_hidden_states"),
                    "encoder_attention_mask", new Tensor(everyToken, 2, 5)));
            assertThat(out.distance(io.tensor(prediction))).isLessThan(1e-5);
        }
    }

    @Test
    void numbersFramesAsTheReference() throws Exception {
        Tensor golden = Golden.open("latte_tiny/io.safetensors").tensor("temp_pos_embed");
        assertThat(new Tensor(SinCosPositions.line(4, 48), golden.shape()).distance(golden))
                .isLessThan(1e-7);
    }
}
