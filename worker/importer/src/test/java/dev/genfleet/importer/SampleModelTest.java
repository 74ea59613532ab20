package dev.genfleet.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.wire.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample models of classes that the repository ships, against the numbers that their training programs stored beside them. */
class SampleModelTest {

    private static final Path SAMPLES = Path.of("../../deploy/samples");
    private static final Path AUTOENCODER = SAMPLES.resolve("shapes-vae");
    private static final String DIT = "shapes-dit";
    private static final String DIFFUSSM = "shapes-diffussm";

    @TempDir
    private Path models;

    @ParameterizedTest
    @CsvSource({DIT + ", true", DIFFUSSM + ", false"})
    void describesItself(String name, boolean learnedSigma) throws Exception {
        ModelManifest manifest = manifest(imported(name));
        assertThat(manifest.labels()).hasSize(64).startsWith("red circle").endsWith("white heart");
        assertThat(manifest.sizes().getFirst()).hasToString("64x64");
        assertThat(manifest.denoiser().learnedSigma()).isEqualTo(learnedSigma);
    }

    @ParameterizedTest
    @ValueSource(strings = {DIT, DIFFUSSM})
    void predictsWhatItsTrainerPredicted(String name) throws Exception {
        Golden reference = new Golden(Safetensors.open(SAMPLES.resolve(name).resolve("reference.safetensors")));
        try (OrtGraph graph = new OrtGraph(imported(name).resolve("transformer/model.onnx"))) {
            Tensor prediction = graph.run(Map.of(
                    "latents", reference.tensor("x"),
                    "timesteps", reference.tensor("t"),
                    "class_labels", reference.tensor("y")));
            assertThat(prediction.distance(reference.tensor("out"))).isLessThan(1e-4); // values up to about 4
        }
    }

    @Test
    void decodesWhatItsTrainerDecoded() throws Exception {
        Path out = imported(DIT);
        Golden reference = new Golden(Safetensors.open(AUTOENCODER.resolve("reference.safetensors")));
        Tensor latents = reference.tensor("latent").times((float)
                (1 / manifest(out).latent().scalingFactor()));
        try (OrtGraph decoder = new OrtGraph(out.resolve("vae_decoder/model.onnx"))) {
            Tensor pixels = decoder.run(Map.of("latents", latents));
            assertThat(pixels.distance(reference.tensor("decoded"))).isLessThan(1e-4);
        }
    }

    private Path imported(String name) throws Exception {
        Path out = models.resolve(name);
        ModelImporter.run(ImportRequest.of(SAMPLES.resolve(name), AUTOENCODER, out, name));
        return out;
    }

    private static ModelManifest manifest(Path out) throws Exception {
        return Json.read(Files.readAllBytes(out.resolve("model.json")), ModelManifest.class);
    }
}
