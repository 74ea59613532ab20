package dev.genfleet.importer.pixart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.family.Emission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The emitted graph against diffusers' numbers: one forward within 1e-5, the rounding of 32-bit sums. */
class PixArtGoldenTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"x, out", "x_rect, out_rect"})
    void equalsTheReferenceForSquareAndRectangularPictures(String latents, String prediction) throws Exception {
        Path weights = folder.resolve("model.safetensors");
        Files.copy(Golden.path("pixart_tiny/diffusion_pytorch_model.safetensors"), weights);
        Checkpoint checkpoint = Safetensors.open(weights);
        PixArtArchitecture pixart = new PixArtFamily()
                .read(
                        checkpoint,
                        new ObjectMapper()
                                .readTree(Golden.path("pixart_tiny/config.json").toFile()));
        Path model = Files.write(
                folder.resolve("model.onnx"), Emission.graph(pixart, checkpoint).toBytes());
        Golden io = Golden.open("pixart_tiny/io.safetensors");
        try (OrtGraph graph = new OrtGraph(model)) {
            Tensor out = graph.run(Map.of(
                    "latents", io.tensor(latents),
                    "timesteps", io.tensor("t"),
                    "encoder_hidden_states", io.tensor("encoder_hidden_states"),
                    "encoder_attention_mask", io.tensor("encoder_attention_mask")));
            assertThat(out.distance(io.tensor(prediction))).isLessThan(1e-5);
        }
    }
}
