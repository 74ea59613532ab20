package dev.genfleet.gateway.catalog;

import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.PackageDigest;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One package's folder. What is checked here is cheap: the manifest's form, that its files are there, and that its digest is the
 * one of the hashes that it lists; workers hash the files themselves before they load them.
 */
final class PackageFolder {

    private PackageFolder() {}

    /**
     * Reads a package's manifest.
     *
     * @throws IOException with a sentence that says what is wrong with the package
     */
    static ModelManifest read(Path folder) throws IOException {
        ModelManifest manifest;
        try {
            manifest = Json.read(Files.readAllBytes(folder.resolve(PackageDigest.MANIFEST_FILE)), ModelManifest.class);
        } catch (MalformedRecordException e) {
            throw new IOException(PackageDigest.MANIFEST_FILE + " is wrong: " + e.getMessage(), e);
        }
        List<String> missing = manifest.files().keySet().stream()
                .filter(file -> !Files.isRegularFile(folder.resolve(file)))
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            throw new IOException(PackageDigest.MANIFEST_FILE + " lists " + missing.getFirst()
                    + ", but the package has no such file");
        }
        String digest = PackageDigest.of(manifest);
        if (!digest.equals(manifest.digest())) {
            throw new IOException("digest in " + PackageDigest.MANIFEST_FILE + " is " + manifest.digest()
                    + ", but the files listed there have " + digest);
        }
        return manifest;
    }

    /** Changes when the manifest does; empty when there is none. */
    static Optional<String> stamp(Path folder) {
        Path manifest = folder.resolve(PackageDigest.MANIFEST_FILE);
        try {
            return Files.isRegularFile(manifest)
                    ? Optional.of(Files.getLastModifiedTime(manifest) + " " + Files.size(manifest))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
