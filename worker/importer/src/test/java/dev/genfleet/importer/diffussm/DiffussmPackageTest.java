package dev.genfleet.importer.diffussm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.Golden;
import dev.genfleet.importer.ImportRequest;
import dev.genfleet.importer.ImportSummary;
import dev.genfleet.importer.ModelImporter;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A package holds the checkpoint as it was and the spectra beside it. */
class DiffussmPackageTest {

    @TempDir
    private Path folder;

    @Test
    void servesWhatWasImported() throws Exception {
        Path checkpoint = Files.createDirectory(folder.resolve("checkpoint"));
        Files.copy(Golden.path("diffussm_tiny/model.safetensors"), checkpoint.resolve("model.safetensors"));
        Files.writeString(checkpoint.resolve("config.json"), "{\"input_size\": 8}");
        Path autoencoder = Golden.path("vae_tiny/config.json").getParent();

        Path out = folder.resolve("models/tiny");
        ImportSummary summary = ModelImporter.run(ImportRequest.of(checkpoint, autoencoder, out, "tiny"));
        ImportSummary again =
                ModelImporter.run(ImportRequest.of(checkpoint, autoencoder, folder.resolve("models/again"), "tiny"));

        assertThat(summary.manifest().family()).isEqualTo("diffussm");
        assertThat(again.manifest().digest()).isEqualTo(summary.manifest().digest());
        assertThat(out.resolve("transformer/model.safetensors"))
                .hasSameBinaryContentAs(checkpoint.resolve("model.safetensors"));
        Golden io = Golden.open("diffussm_tiny/io.safetensors");
        try (OrtGraph graph = new OrtGraph(out.resolve("transformer/model.onnx"))) {
            Tensor prediction = graph.run(
                    Map.of("latents", io.tensor("x"), "timesteps", io.tensor("t"), "class_labels", io.tensor("y")));
            assertThat(prediction.distance(io.tensor("out"))).isLessThan(1e-5);
        }
    }
}
