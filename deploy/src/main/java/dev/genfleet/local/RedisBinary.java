package dev.genfleet.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Finds a {@code redis-server} that runs here: the system's, else one of the binaries that come with the embedded-redis jar. */
final class RedisBinary {

    private RedisBinary() {}

    /**
     * Path of a program that runs.
     *
     * @param folder where a binary is unpacked when the system has none
     */
    static String find(Path folder) throws StackException, InterruptedException {
        Optional<String> installed = Sessions.onPath("redis-server");
        if (installed.isPresent()) {
            return installed.get();
        }
        List<String> tried = new ArrayList<>();
        for (String resource : bundled()) {
            Path binary = folder.resolve(resource);
            try {
                unpack(resource, binary);
                if (runs(binary)) {
                    return binary.toString();
                }
            } catch (IOException e) {
                tried.add(e.toString());
            }
            tried.add(resource);
        }
        throw new StackException("no redis-server is on PATH, and none of the bundled ones runs on "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + " (tried " + tried
                + "): install Redis 6.2 or newer");
    }

    private static List<String> bundled() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        if (system.contains("mac")) {
            return List.of("redis-server-6.2.6-v5-darwin-" + (arm ? "arm64" : "amd64"));
        }
        if (arm) {
            return List.of("redis-server-6.2.7-linux-arm64");
        }
        return List.of("redis-server-6.2.6-v5-linux-amd64", "redis-server-6.2.7-linux-386");
    }

    private static void unpack(String resource, Path binary) throws IOException {
        if (Files.isExecutable(binary)) {
            return;
        }
        try (var content = RedisBinary.class.getResourceAsStream("/" + resource)) {
            if (content == null) {
                throw new IOException("the jar has no " + resource);
            }
            Path draft = Files.createTempFile(binary.getParent(), "redis", ".draft");
            Files.copy(content, draft, StandardCopyOption.REPLACE_EXISTING);
            if (!draft.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + draft + " executable");
            }
            Files.move(draft, binary, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static boolean runs(Path binary) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(binary.toString(), "--version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }
}
