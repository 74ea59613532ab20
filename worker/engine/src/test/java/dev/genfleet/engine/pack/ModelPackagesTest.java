package dev.genfleet.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.onnx.TinyPackage;
import dev.genfleet.fault.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelPackagesTest {

    @TempDir
    Path models;

    private Path folder;
    private ModelPackage good;

    @BeforeEach
    void writePackage() throws Exception {
        folder = Files.createDirectory(models.resolve("tiny"));
        good = TinyPackage.write(folder, 16, 2, 1);
    }

    @Test
    void loadsEveryFolderWithAManifest() throws Exception {
        Files.createDirectory(models.resolve("notes"));
        ModelPackages loaded = ModelPackages.load(models);
        assertThat(loaded.packages()).containsExactly(good);
        assertThat(loaded.rejected()).isEmpty();
        assertThat(loaded.byDigest(good.manifest().digest())).contains(good);
        assertThat(loaded.byDigest("sha256:none")).isEmpty();
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        Files.delete(folder.resolve("vae_decoder/model.onnx"));
        assertRejected("vae_decoder/model.onnx is missing.");
    }

    @Test
    void aTruncatedFileIsNamedWithBothHashes() throws Exception {
        Path file = folder.resolve("transformer/model.onnx");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertRejected("but model.json says " + good.manifest().files().get("transformer/model.onnx")
                + "; the file is damaged, incomplete or another version.");
    }

    @Test
    void aWrongDigestIsShownWithTheRightOne() throws Exception {
        Path file = folder.resolve("model.json");
        String digest = good.manifest().digest();
        Files.writeString(file, Files.readString(file).replace(digest, "sha256:beef"));
        assertRejected("the digest in model.json is sha256:beef, but its files and model.json give " + digest + ".");
    }

    @Test
    void anUnreadableManifestIsNamed() throws Exception {
        Files.writeString(folder.resolve("model.json"), "{");
        assertRejected("model.json is not a ModelManifest");
    }

    @Test
    void aFileOutsideThePackageIsRefused() throws Exception {
        Path file = folder.resolve("model.json");
        Files.writeString(file, Files.readString(file).replace("\"transformer/model.onnx\":", "\"../secret\":"));
        assertRejected("model.json names ../secret, which is outside the package.");
    }

    @Test
    void aMissingModelsFolderIsNamed() {
        assertThatThrownBy(() -> ModelPackages.load(models.resolve("none")))
                .hasMessage("The models folder " + models.resolve("none") + " cannot be read.");
    }

    private void assertRejected(String why) throws EngineException {
        ModelPackages loaded = ModelPackages.load(models);
        assertThat(loaded.packages()).isEmpty();
        assertThat(loaded.rejected()).singleElement().satisfies(fault -> {
            assertThat(fault.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE);
            assertThat(fault.getMessage())
                    .startsWith("The model package in " + folder + " cannot be used: ")
                    .contains(why);
        });
    }
}
