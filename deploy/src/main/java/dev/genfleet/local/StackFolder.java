package dev.genfleet.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The folder in which a local stack keeps everything: data, models, logs and what it needs to know about its running parts.
 *
 * @param root the folder
 */
public record StackFolder(Path root) {

    public StackFolder {
        Objects.requireNonNull(root, "root");
        root = root.toAbsolutePath().normalize();
    }

    /** The folder of {@code genfleet up}: {@code GENFLEET_HOME}, else {@code $XDG_DATA_HOME/genfleet}, else {@code ~/.genfleet}. */
    public static StackFolder home() {
        String home = System.getenv("GENFLEET_HOME");
        if (home != null && !home.isBlank()) {
            return new StackFolder(Path.of(home));
        }
        String data = System.getenv("XDG_DATA_HOME");
        if (data != null && !data.isBlank()) {
            return new StackFolder(Path.of(data, "genfleet"));
        }
        return new StackFolder(Path.of(System.getProperty("user.home"), ".genfleet"));
    }

    /** Model packages, one sub-folder each. */
    public Path models() {
        return root.resolve("models");
    }

    /** One log file for each part. */
    public Path logs() {
        return root.resolve("logs");
    }

    Path log(String part) {
        return logs().resolve(part + ".log");
    }

    /** What is running: written once everything runs, removed when all is stopped. */
    Path record() {
        return root.resolve("stack.json");
    }

    Path credentials() {
        return root.resolve("credentials.json");
    }

    Path lock() {
        return root.resolve("lock");
    }

    Path data(String part) {
        return root.resolve("data").resolve(part);
    }

    Path run() {
        return root.resolve("run");
    }

    void create() throws StackException {
        try {
            for (Path folder : new Path[] {root, models(), logs(), run(), data("kafka"), data("redis"), data("s3")}) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new StackException("cannot create the stack's folder " + root + ": " + e, e);
        }
    }

    /** Nothing runs here any more. */
    void forget() {
        try {
            Files.deleteIfExists(record());
        } catch (IOException e) {
            // A record of dead processes does no harm: nobody takes them for alive.
        }
    }
}
