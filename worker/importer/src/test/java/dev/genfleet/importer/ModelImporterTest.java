package dev.genfleet.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.PackageDigest;
import dev.genfleet.wire.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelImporterTest {

    private static final Path DIT = Golden.path("dit_tiny/model_facebook.safetensors");
    private static final Path AUTOENCODER =
            Golden.path("vae_tiny/diffusion_pytorch_model.safetensors").getParent();

    @TempDir
    private Path models;

    @Test
    void writesAPackageThatItsManifestDescribes() throws Exception {
        Path out = models.resolve("tiny");
        ImportSummary summary = ModelImporter.run(ImportRequest.of(DIT, AUTOENCODER, out, "tiny"));

        ModelManifest manifest = Json.read(Files.readAllBytes(out.resolve("model.json")), ModelManifest.class);
        assertThat(manifest.files()).isEqualTo(PackageDigest.hashFiles(out));
        assertThat(manifest.digest())
                .isEqualTo(PackageDigest.of(manifest))
                .isEqualTo(summary.manifest().digest());
        assertThat(manifest.denoiser().learnedSigma()).isTrue();
        assertThat(manifest.nullClass()).contains(10);
        assertThat(manifest.labels()).hasSize(10);
        assertThat(manifest.latentShape(manifest.sizes().getFirst()).height()).isEqualTo(8);
        assertThat(summary.denoiser().parameters()).isEqualTo(183_200);
        try (Stream<Path> left = Files.list(models)) {
            assertThat(left).containsExactly(out);
        }
    }

    @Test
    void servesWhatItWrote() throws Exception {
        Path out = models.resolve("tiny");
        ModelImporter.run(ImportRequest.of(DIT, AUTOENCODER, out, "tiny"));
        Golden io = Golden.open("dit_tiny/io.safetensors");
        try (OrtGraph graph = new OrtGraph(out.resolve("transformer/model.onnx"))) {
            Tensor prediction = graph.run(
                    Map.of("latents", io.tensor("x"), "timesteps", io.tensor("t"), "class_labels", io.tensor("y")));
            assertThat(prediction.distance(io.tensor("out"))).isLessThan(1e-5);
        }
    }

    @Test
    void givesTheSameBytesLinkedOrCopied() throws Exception {
        ImportSummary linked = ModelImporter.run(ImportRequest.of(DIT, AUTOENCODER, models.resolve("a"), "tiny"));
        ImportSummary copied = ModelImporter.run(ImportRequest.of(DIT, AUTOENCODER, models.resolve("b"), "tiny")
                .with(ImportOptions.USUAL.placing(WeightPlacement.COPY)));

        assertThat(copied.manifest().digest()).isEqualTo(linked.manifest().digest());
        assertThat(models.resolve("a/model.json")).hasSameBinaryContentAs(models.resolve("b/model.json"));
        assertThat(copied.placement()).isEqualTo(WeightPlacement.COPY);
    }
}
