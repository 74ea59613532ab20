package dev.genfleet.importer;

import dev.genfleet.importer.onnx.GraphBuilder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A package being written, in a hidden folder beside its place: it appears there as a whole or not at all. */
final class PackageDraft implements AutoCloseable {

    static final String GRAPH = "model.onnx";

    private final Path out;
    private final Path folder;
    private long graphBytes;
    private long weightBytes;
    private WeightPlacement placement = WeightPlacement.LINK;

    private PackageDraft(Path out, Path folder) {
        this.out = out;
        this.folder = folder;
    }

    static PackageDraft begin(Path out) throws IOException {
        if (Files.exists(out)) {
            throw new FileAlreadyExistsException(
                    out.toString(), null, "there is a file or folder already; remove it or choose another place");
        }
        Path parent = out.getParent();
        Files.createDirectories(parent);
        return new PackageDraft(
                out, Files.createDirectory(parent.resolve("." + out.getFileName() + "." + UUID.randomUUID())));
    }

    Path folder() {
        return folder;
    }

    void write(String path, byte[] bytes) throws IOException {
        Files.write(make(path), bytes);
    }

    /** Writes a graph and its weights into {@code part}, such as {@code transformer/}. */
    void write(String part, GraphBuilder graph, WeightPlacement wished) throws IOException {
        byte[] bytes = graph.toBytes();
        write(part + GRAPH, bytes);
        graphBytes += bytes.length;
        for (Map.Entry<Path, String> weights : graph.weightFiles().entrySet()) {
            if (place(weights.getKey(), part + weights.getValue(), wished) == WeightPlacement.COPY) {
                placement = WeightPlacement.COPY;
            }
            weightBytes += Files.size(weights.getKey());
        }
        if (graph.hasDerived()) {
            Path derived = make(part + GraphBuilder.DERIVED_FILE);
            graph.writeDerived(derived);
            weightBytes += Files.size(derived);
        }
    }

    /** Bytes of all graphs so far. */
    long graphBytes() {
        return graphBytes;
    }

    /** Bytes of all weights so far. */
    long weightBytes() {
        return weightBytes;
    }

    /** How the weights came into the package: a copy where one of them was copied. */
    WeightPlacement placement() {
        return placement;
    }

    /** Puts a file at {@code path}; a symbolic link is followed first, since a link to a link is a symbolic link again. */
    private WeightPlacement place(Path source, String path, WeightPlacement wished) throws IOException {
        Path target = make(path);
        Path real = source.toRealPath();
        if (wished == WeightPlacement.LINK) {
            try {
                Files.createLink(target, real);
                return WeightPlacement.LINK;
            } catch (FileSystemException | UnsupportedOperationException e) {
                Files.deleteIfExists(target); // other file system, or links are not allowed here: a copy does as well
            }
        }
        Files.copy(real, target);
        return WeightPlacement.COPY;
    }

    /** Moves the finished package to its place. */
    void publish() throws IOException {
        Files.move(folder, out, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes what was not published. */
    @Override
    public void close() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> inside;
        try (Stream<Path> walk = Files.walk(folder)) {
            inside = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : inside) {
            Files.delete(path);
        }
    }

    private Path make(String path) throws IOException {
        Path target = folder.resolve(path);
        Files.createDirectories(target.getParent());
        return target;
    }
}
