package dev.genfleet.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.wire.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample model without attention, against the numbers that its training program stored beside it. */
class StateSpaceSampleTest {

    private static final Path SAMPLES = Path.of("../../deploy/samples");
    private static final Path DIFFUSSM = SAMPLES.resolve("shapes-diffussm");

    @TempDir
    private Path models;

    private Path out;

    @BeforeEach
    void importSample() throws Exception {
        out = models.resolve("shapes-diffussm");
        ModelImporter.run(ImportRequest.of(DIFFUSSM, SAMPLES.resolve("shapes-vae"), out, "shapes-diffussm"));
    }

    @Test
    void describesItself() throws Exception {
        ModelManifest manifest = Json.read(Files.readAllBytes(out.resolve("model.json")), ModelManifest.class);
        assertThat(manifest.labels()).hasSize(64).startsWith("red circle").endsWith("white heart");
        assertThat(manifest.sizes().getFirst()).hasToString("64x64");
        assertThat(manifest.denoiser().learnedSigma()).isFalse();
    }

    @Test
    void predictsWhatItsTrainerPredicted() throws Exception {
        Golden reference = new Golden(Safetensors.open(DIFFUSSM.resolve("reference.safetensors")));
        try (OrtGraph graph = new OrtGraph(out.resolve("transformer/model.onnx"))) {
            Tensor prediction = graph.run(Map.of(
                    "latents", reference.tensor("x"),
                    "timesteps", reference.tensor("t"),
                    "class_labels", reference.tensor("y")));
            assertThat(prediction.distance(reference.tensor("out"))).isLessThan(1e-4); // values up to about 4
        }
    }
}
