package dev.genfleet.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackageDigestTest {

    private static final String HELLO = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";
    private static final String DIGEST = "sha256:93b2f49bd0399571d7ca8d1cfe31358bd5d2ee4c33cc3020d4f1b2a273dfba4c";
    private static final String WORLD = "e258d248fda94c63753607f7c4494ee0fcbe92f1a76bfdac795c9d84101eb317";

    @TempDir
    Path folder;

    @Test
    void hashesEveryFileButTheManifest() throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        Files.writeString(folder.resolve("sub/a.txt"), "world\n");
        Files.writeString(folder.resolve("b.txt"), "hello\n");
        Files.writeString(folder.resolve("model.json"), "{}");

        Map<String, String> files = PackageDigest.hashFiles(folder);

        assertThat(files).containsExactly(Map.entry("b.txt", HELLO), Map.entry("sub/a.txt", WORLD));
    }

    /** The expected digest was made with {@code sha256sum} over the lines, the manifest's JSON included. */
    @Test
    void coversTheFilesAndWhatTheManifestSays() throws Exception {
        ModelManifest manifest = golden().sealed(Map.of("b.txt", HELLO, "sub/a.txt", WORLD));

        assertThat(manifest.digest()).isEqualTo(PackageDigest.of(manifest)).isEqualTo(DIGEST);
        assertThat(golden().sealed(Map.of("b.txt", HELLO)).digest()).isNotEqualTo(DIGEST);
        assertThat(Json.read(
                                new String(Json.write(golden()), StandardCharsets.UTF_8)
                                        .replace("0.18215", "0.13025")
                                        .getBytes(StandardCharsets.UTF_8),
                                ModelManifest.class)
                        .sealed(manifest.files())
                        .digest())
                .as("another scaling factor makes other pictures")
                .isNotEqualTo(DIGEST);
    }

    private static ModelManifest golden() throws Exception {
        try (InputStream in = PackageDigestTest.class.getResourceAsStream("/golden/v1/model.json")) {
            return Json.read(Objects.requireNonNull(in).readAllBytes(), ModelManifest.class);
        }
    }
}
