package dev.genfleet.importer.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.importer.Golden;
import dev.genfleet.importer.ImportOptions;
import dev.genfleet.importer.ImportRequest;
import dev.genfleet.importer.ModelImporter;
import dev.genfleet.importer.WeightPlacement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageReportTest {

    @TempDir
    private Path folder;

    @Test
    void saysWhatAPackageHoldsAndCosts() throws Exception {
        PackageReport report = PackageReport.of(imported());

        assertThat(report.faults()).isEmpty();
        assertThat(report.census("transformer/model.onnx").orElseThrow().parameters())
                .isEqualTo(183_200);
        assertThat(PackageText.of(report))
                .contains(report.manifest().digest())
                .contains("family       dit, served by pool default")
                .contains("labels       10, class 10 means none")
                .contains("latents      4x8x8, scaling factor 0.18215")
                .contains("defaults     ddpm, 250 steps, eta 0.0, guidance cfg_three_channel of scale 4.0")
                .contains("trained with 1000 linear betas from 0.0001 to 0.02, variance learned")
                .containsPattern("MACs +[0-9.]+ M a forward of one sample at 16x16: linear layers .*, attention ")
                .contains(
                        "limits       1000 steps, 10 pictures a job, guidance scale 20.0, ddpm, ddim, dpmpp_1, dpmpp_2m,"
                                + " dpmpp_2m_sde, dpmpp_3m, euler, euler_ancestral, unipc\n")
                .contains("250 steps of 2 forwards (guidance), then the decoder")
                .containsPattern("(?s)transformer/model.onnx.*parameters   183.20 k \\(183200\\)")
                .contains("weights      model.safetensors, 732.80 kB read as float")
                .containsPattern("inputs +latents +float +\\[batch, 4, 8, 8]")
                .containsPattern("timesteps +float +\\[batch]")
                .containsPattern("class_labels +int64 +\\[batch]")
                .containsPattern("outputs +prediction +float +\\[batch, 8, 8, 8]")
                .contains("com.microsoft opset 1, 2 nodes: 2 MultiHeadAttention")
                .containsPattern("(?s)vae_decoder/model.onnx.*MACs +[0-9.]+ M a sample at 16x16: .*convolutions")
                .doesNotContain("not in order", "not counted");
    }

    @Test
    void saysWhatIsNotInOrder() throws Exception {
        Path made = imported();
        Path weights = made.resolve("transformer/model.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(whole, whole.length - 4));
        Files.delete(made.resolve("labels.json"));
        Files.delete(made.resolve("vae_decoder/model.safetensors"));
        Files.writeString(made.resolve("vae_decoder/model.onnx"), "no graph");
        String manifest = Files.readString(made.resolve("model.json"));
        Files.writeString(
                made.resolve("model.json"), manifest.replace("\"digest\" : \"sha256:", "\"digest\" : \"sha256:0"));

        PackageReport report = PackageReport.of(made);

        assertThat(report.faults())
                .containsExactly(
                        "labels.json is listed in model.json, but is missing",
                        "transformer/model.onnx reads transformer/model.safetensors up to byte " + whole.length
                                + ", but it is only " + (whole.length - 4) + " bytes long",
                        "vae_decoder/model.safetensors is listed in model.json, but is missing",
                        "the digest in model.json is not that of what it says and of the files it lists");
        assertThat(PackageText.of(report))
                .contains("not in order\n  labels.json is listed")
                .containsPattern("not counted  .*vae_decoder/model.onnx is not an ONNX model: ");
    }

    @Test
    void refusesWhatIsNoPackage() throws Exception {
        assertThatThrownBy(() -> PackageReport.of(folder.resolve("nowhere")))
                .isInstanceOf(PackageException.class)
                .hasMessageEndingWith("nowhere is no folder, but a model package is one");
        assertThatThrownBy(() -> PackageReport.of(folder))
                .isInstanceOf(PackageException.class)
                .hasMessageEndingWith("is no model package: it holds no model.json, which 'genfleet import' writes");
        Files.writeString(folder.resolve("model.json"), "{\"format\": 1}");
        assertThatThrownBy(() -> PackageReport.of(folder))
                .isInstanceOf(PackageException.class)
                .hasMessageContaining("is no model package: ")
                .hasMessageContaining("name is missing in model.json");
    }

    @Test
    void refusesAPictureSmallerThanALatentCell() throws Exception {
        Path made = imported();
        String manifest = Files.readString(made.resolve("model.json"));
        Files.writeString(made.resolve("model.json"), manifest.replaceAll("\"width\" : [0-9]+", "\"width\" : 1"));
        assertThatThrownBy(() -> PackageReport.of(made))
                .isInstanceOf(PackageException.class)
                .hasMessageEndingWith("latent shape is 4x1x8x0, but every side must be at least 1");
    }

    @Test
    void neverLooksOutsideTheFolder() {
        assertThat(PackageReport.inside(folder, "../secret")).isEmpty();
        assertThat(PackageReport.inside(folder, "/etc/passwd")).isEmpty();
        assertThat(PackageReport.inside(folder, "a/../b")).contains(folder.resolve("b"));
    }

    private Path imported() throws Exception {
        Path out = folder.resolve("tiny");
        ModelImporter.run(ImportRequest.of(
                        Golden.path("dit_tiny/model_facebook.safetensors"),
                        Golden.path("vae_tiny/config.json").getParent(),
                        out,
                        "tiny")
                .with(ImportOptions.USUAL.placing(WeightPlacement.COPY)));
        return out;
    }
}
