package dev.genfleet.importer;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A package being written, in a hidden folder beside its place: it appears there as a whole or not at all. */
final class PackageDraft implements AutoCloseable {

    static final String GRAPH = "model.onnx";

    private final Path out;
    private final Path folder;

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

    /** Puts a file at {@code path}; a symbolic link is followed first, since a link to a link is a symbolic link again. */
    WeightPlacement place(Path source, String path, WeightPlacement wished) throws IOException {
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

    /** Where a file of the package goes; its folder is there. */
    Path make(String path) throws IOException {
        Path target = folder.resolve(path);
        Files.createDirectories(target.getParent());
        return target;
    }
}
