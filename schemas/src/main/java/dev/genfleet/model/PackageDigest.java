package dev.genfleet.model;

import dev.genfleet.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * The identity of a model package: {@code sha256:} and the SHA-256 of the lines {@code <sha256>␣␣<path>\n} of all its files, in
 * path order (as {@code sha256sum} prints them). {@code model.json}, which also decides pictures, comes last and is hashed as the
 * contract's JSON with an empty digest and without its files.
 */
public final class PackageDigest {

    /** The one file of a package that is not among the hashed files, because it holds the hashes. */
    public static final String MANIFEST_FILE = "model.json";

    private static final int CHUNK_BYTES = 1 << 20;

    private PackageDigest() {}

    /**
     * Digest of a package.
     *
     * @param manifest with its files, and any digest
     * @return {@code sha256:} and 64 lower-case hexadecimal digits
     */
    public static String of(ModelManifest manifest) {
        MessageDigest sha256 = sha256();
        new TreeMap<>(manifest.files()).forEach((path, hash) -> sha256.update(line(path, hash)));
        byte[] said = Json.write(manifest.with("", Map.of()));
        sha256.update(line(MANIFEST_FILE, HexFormat.of().formatHex(sha256().digest(said))));
        return "sha256:" + HexFormat.of().formatHex(sha256.digest());
    }

    private static byte[] line(String path, String hash) {
        return (hash + "  " + path + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Hashes every regular file below {@code folder} but {@code model.json}: the {@code files} of its manifest.
     *
     * @return path relative to the folder (with {@code /}) → SHA-256, hexadecimal; in path order
     * @throws IOException when a file cannot be read
     */
    public static SortedMap<String, String> hashFiles(Path folder) throws IOException {
        return hashFiles(folder, (done, total) -> {});
    }

    /** As {@link #hashFiles(Path)}, and tells how far it is. */
    public static SortedMap<String, String> hashFiles(Path folder, Progress progress) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.filter(Files::isRegularFile)
                    .filter(path -> !path.equals(folder.resolve(MANIFEST_FILE)))
                    .toList();
        }
        long total = 0;
        for (Path path : paths) {
            total += Files.size(path);
        }
        long before = 0;
        SortedMap<String, String> hashes = new TreeMap<>();
        for (Path path : paths) {
            long start = before;
            long all = total;
            hashes.put(
                    folder.relativize(path).toString().replace('\\', '/'),
                    ofFile(path, done -> progress.hashed(start + done, all)));
            before += Files.size(path);
        }
        return hashes;
    }

    /** Hears how far the hashing is. */
    @FunctionalInterface
    public interface Progress {

        /** {@code done} of {@code total} bytes are hashed. */
        void hashed(long done, long total);
    }

    /**
     * SHA-256 of one file, 64 lower-case hexadecimal digits.
     *
     * @throws IOException when it cannot be read
     */
    public static String ofFile(Path file) throws IOException {
        return ofFile(file, done -> {});
    }

    private static String ofFile(Path file, LongConsumer progress) throws IOException {
        MessageDigest sha256 = sha256();
        byte[] chunk = new byte[CHUNK_BYTES];
        long done = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                sha256.update(chunk, 0, read);
                done += read;
                progress.accept(done);
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
