package dev.genfleet.importer.autoencoder;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The emitted decoder against diffusers' numbers: within 1e-5, the rounding of 32-bit sums. */
class DecoderGoldenTest {

    @TempDir
    private Path folder;

    @Test
    void equalsTheReferenceDecoder() throws Exception {
        Path weights = folder.resolve("model.safetensors");
        Files.copy(Golden.path("vae_tiny/diffusion_pytorch_model.safetensors"), weights);
        Checkpoint checkpoint = Safetensors.open(weights);
        DecoderShape shape = DecoderShape.of(
                new ObjectMapper().readTree(Golden.path("vae_tiny/config.json").toFile()), weights);
        GraphBuilder graph = Emission.graph(new DecoderArchitecture(shape), checkpoint);
        Path model = Files.write(folder.resolve("model.onnx"), graph.toBytes());

        Golden io = Golden.open("vae_tiny/io.safetensors");
        Tensor latents = io.tensor("latent").times((float) (1 / shape.scalingFactor()));
        try (OrtGraph decoder = new OrtGraph(model)) {
            assertThat(decoder.run(Map.of("latents", latents)).distance(io.tensor("decoded")))
                    .isLessThan(1e-5);
        }
    }
}
