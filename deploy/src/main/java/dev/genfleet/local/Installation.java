package dev.genfleet.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Where the built programs are.
 *
 * @param root the folder that holds {@code gateway}, {@code worker} and {@code deploy}
 */
public record Installation(Path root) {

    /** System property that names {@link #root}; the launcher script and the build set it. */
    public static final String ROOT_PROPERTY = "genfleet.root";

    public Installation {
        Objects.requireNonNull(root, "root");
        root = root.toAbsolutePath().normalize();
    }

    /**
     * The installation that this program belongs to.
     *
     * @throws StackException when the program was started without saying where it is
     */
    public static Installation ofThisProgram() throws StackException {
        String root = System.getProperty(ROOT_PROPERTY);
        if (root == null) {
            throw new StackException("the system property " + ROOT_PROPERTY
                    + " is not set, but must name genfleet's folder: start this program with deploy/genfleet");
        }
        return new Installation(Path.of(root));
    }

    /** Folder of the sample models' checkpoints. */
    public Path samples() {
        return root.resolve("deploy/samples");
    }

    Path gatewayJar() throws StackException {
        return built(root.resolve("gateway/target/quarkus-app/quarkus-run.jar"));
    }

    Path workerJar() throws StackException {
        return jar(root.resolve("worker/app/target"), "genfleet-worker-");
    }

    Path localJar() throws StackException {
        return jar(root.resolve("deploy/target"), "genfleet-deploy-");
    }

    private static Path jar(Path folder, String prefix) throws StackException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, prefix + "*.jar")) {
                for (Path jar : jars) {
                    String name = jar.getFileName().toString();
                    if (Arrays.stream(new String[] {"-sources.jar", "-javadoc.jar", "-tests.jar"})
                            .noneMatch(name::endsWith)) {
                        found.add(jar);
                    }
                }
            } catch (IOException e) {
                throw new StackException("cannot list " + folder + ": " + e.getMessage(), e);
            }
        }
        if (found.size() != 1) {
            throw new StackException("expected one " + prefix + "*.jar in " + folder + " but found " + found.size()
                    + ": build genfleet with ./mvnw package");
        }
        return found.getFirst();
    }

    private static Path built(Path file) throws StackException {
        if (!Files.isRegularFile(file)) {
            throw new StackException(file + " is missing: build genfleet with ./mvnw package");
        }
        return file;
    }
}
