package dev.genfleet.importer.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.family.Architecture;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.GraphBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The emitted graphs against diffusers' numbers: within 1e-5, the rounding of 32-bit sums. */
class AutoencoderGoldenTest {

    @TempDir
    private Path folder;

    @Test
    void equalsTheReferenceDecoder() throws Exception {
        Checkpoint checkpoint = checkpoint();
        AutoencoderShape shape = AutoencoderShape.of(config(), checkpoint);
        Golden io = Golden.open("vae_tiny/io.safetensors");
        Tensor latents = io.tensor("latent").times((float) (1 / shape.scalingFactor()));
        try (OrtGraph decoder = emit(new DecoderArchitecture(shape), checkpoint)) {
            assertThat(decoder.run(Map.of("latents", latents)).distance(io.tensor("decoded")))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void equalsTheReferenceEncoder() throws Exception {
        Checkpoint checkpoint = checkpoint();
        Golden io = Golden.open("vae_tiny/io.safetensors");
        try (OrtGraph encoder = emit(new EncoderArchitecture(AutoencoderShape.of(config(), checkpoint)), checkpoint)) {
            Map<String, Tensor> moments = encoder.runAll(Map.of("pixels", io.tensor("image")));
            assertThat(moments.get("mean").distance(io.tensor("enc_mean"))).isLessThan(1e-5);
            assertThat(moments.get("logvar").distance(io.tensor("enc_logvar"))).isLessThan(1e-5);
        }
    }

    private OrtGraph emit(Architecture architecture, Checkpoint checkpoint) throws Exception {
        GraphBuilder graph = Emission.graph(architecture, checkpoint);
        return new OrtGraph(Files.write(folder.resolve("model.onnx"), graph.toBytes()));
    }

    private Checkpoint checkpoint() throws Exception {
        Path weights = folder.resolve("model.safetensors");
        Files.copy(Golden.path("vae_tiny/diffusion_pytorch_model.safetensors"), weights);
        return Safetensors.open(weights);
    }

    private static JsonNode config() throws Exception {
        return new ObjectMapper().readTree(Golden.path("vae_tiny/config.json").toFile());
    }
}
