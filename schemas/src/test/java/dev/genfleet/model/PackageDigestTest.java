package dev.genfleet.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The expected digest was made with {@code sha256sum b.txt sub/a.txt | sha256sum}. */
final class PackageDigestTest {

    private static final String HELLO = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";
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
        assertThat(PackageDigest.of(files))
                .isEqualTo("sha256:8349675fd208a4518a7fe72358564f96e51d72b6cd4e2bdec8a4978ef6849dac");
    }
}
