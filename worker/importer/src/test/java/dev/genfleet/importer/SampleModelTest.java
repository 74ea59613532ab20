package dev.genfleet.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.wire.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample model that the repository ships, against the numbers that its training program stored beside it. */
class SampleModelTest {

    private static final Path SAMPLES = Path.of("../../deploy/samples");
    private static final Path DIT = SAMPLES.resolve("shapes-dit");
    private static final Path AUTOENCODER = SAMPLES.resolve("shapes-vae");

    @TempDir
    private Path models;

    private Path out;

    @BeforeEach
    void importSample() throws Exception {
        assumeThat(DIT.resolve("model.safetensors")).exists();
        out = models.resolve("shapes-dit");
        ModelImporter.run(ImportRequest.of(DIT, AUTOENCODER, out, "shapes-dit"));
    }

    @Test
    void describesItself() throws Exception {
        ModelManifest manifest = Json.read(Files.readAllBytes(out.resolve("model.json")), ModelManifest.class);
        assertThat(manifest.labels()).hasSize(64).startsWith("red circle");
        assertThat(manifest.sizes().getFirst()).hasToString("64x64");
    }

    @Test
    void predictsWhatItsTrainerPredicted() throws Exception {
        Golden reference = new Golden(Safetensors.open(DIT.resolve("reference.safetensors")));
        try (OrtGraph graph = new OrtGraph(out.resolve("transformer/model.onnx"))) {
            Tensor prediction = graph.run(Map.of(
                    "latents", reference.tensor("x"),
                    "timesteps", reference.tensor("t"),
                    "class_labels", reference.tensor("y")));
            assertThat(prediction.distance(reference.tensor("out"))).isLessThan(1e-4); // values up to about 4
        }
    }

    @Test
    void decodesWhatItsTrainerDecoded() throws Exception {
        ModelManifest manifest = Json.read(Files.readAllBytes(out.resolve("model.json")), ModelManifest.class);
        Golden reference = new Golden(Safetensors.open(AUTOENCODER.resolve("reference.safetensors")));
        Tensor latents =
                reference.tensor("latent").times((float) (1 / manifest.latent().scalingFactor()));
        try (OrtGraph decoder = new OrtGraph(out.resolve("vae_decoder/model.onnx"))) {
            Tensor pixels = decoder.run(Map.of("latents", latents));
            assertThat(pixels.distance(reference.tensor("decoded"))).isLessThan(1e-4);
        }
    }
}
