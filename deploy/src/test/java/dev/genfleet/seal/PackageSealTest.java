package dev.genfleet.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.PackageDigest;
import dev.genfleet.wire.Json;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages written by hand around graphs that torch.onnx.export made. */
final class PackageSealTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void writePackage() throws Exception {
        copy("batch_of_two.onnx", "denoiser.onnx");
        copy("decoder.onnx", "decoder.onnx");
        copy("model.json", "model.json");
    }

    @Test
    void writesHashesAndDigestAndSaysWhatItSaw() throws Exception {
        List<String> seen = PackageSeal.seal(folder);

        ModelManifest manifest = Json.read(Files.readAllBytes(folder.resolve("model.json")), ModelManifest.class);
        assertThat(manifest.files()).isEqualTo(PackageDigest.hashFiles(folder));
        assertThat(manifest.digest()).isEqualTo(PackageDigest.of(manifest)).isEqualTo(seen.getLast());
        assertThat(seen.getFirst())
                .isEqualTo(
                        "denoiser.onnx: noisy float[2, 4, 8, 8], what int64[2], when int64[2] → noise float[2, 4, 8, 8]");
    }

    @Test
    void sealsAgainAfterAChange() throws Exception {
        String before = PackageSeal.seal(folder).getLast();
        assertThat(PackageSeal.seal(folder).getLast()).isEqualTo(before);
        copy("any_batch.onnx", "denoiser.onnx");
        assertThat(PackageSeal.seal(folder).getLast()).isNotEqualTo(before);
    }

    @Test
    void namesEveryMistakeAtOnceAndWritesNothing() throws Exception {
        Path file = folder.resolve("model.json");
        String wrong = Files.readString(file)
                .replace("\"noisy\"", "\"latents\"")
                .replace("\"rgb\"", "\"pixels\"")
                .replace("\"learned_sigma\": false", "\"learned_sigma\": true");
        Files.writeString(file, wrong);
        assertThatThrownBy(() -> PackageSeal.seal(folder))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("denoiser.onnx has no input latents, which model.json names; it has noisy float")
                .hasMessageContaining("denoiser.onnx has an input noisy, which model.json does not name")
                .hasMessageContaining("output noise of denoiser.onnx has 4 channels, but model.json makes that 8")
                .hasMessageContaining("decoder.onnx has no output pixels, which model.json names; it has rgb float");
        assertThat(Files.readString(file)).isEqualTo(wrong);
    }

    @Test
    void defaultsThatNobodyCouldSampleAreAMistake() throws Exception {
        Path file = folder.resolve("model.json");
        Files.writeString(
                file, Files.readString(file).replaceFirst("\"scheduler\": \"\\w+\"", "\"scheduler\": \"flow_euler\""));
        assertThatThrownBy(() -> PackageSeal.seal(folder))
                .isInstanceOf(SealException.class)
                .hasMessageContaining(
                        "defaults.sampler of model.json cannot be: scheduler is 'flow_euler', but the model's prediction is epsilon");
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        Files.delete(folder.resolve("decoder.onnx"));
        assertThatThrownBy(() -> PackageSeal.seal(folder))
                .hasMessage("decoder.onnx is named in model.json, but is not in the package");
        Path file = folder.resolve("model.json");
        Files.writeString(file, Files.readString(file).replace("\"latent\"", "\"latents\""));
        assertThatThrownBy(() -> PackageSeal.seal(folder)).hasMessageContaining("latent is missing in model.json");
        Files.writeString(file, "{");
        assertThatThrownBy(() -> PackageSeal.seal(folder)).hasMessageContaining("is not JSON");
        Files.delete(file);
        assertThatThrownBy(() -> PackageSeal.seal(folder)).hasMessageContaining("model.json is missing");
    }

    private void copy(String resource, String name) throws Exception {
        try (InputStream in = PackageSealTest.class.getResourceAsStream("/own-graph/" + resource)) {
            Files.write(folder.resolve(name), Objects.requireNonNull(in).readAllBytes());
        }
    }
}
