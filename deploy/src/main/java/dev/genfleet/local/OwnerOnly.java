package dev.genfleet.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and folders with secrets: readable by their owner only, from the first byte on. */
final class OwnerOnly {

    private OwnerOnly() {}

    /** Writes a file that must not exist yet. */
    static void write(Path file, byte[] content) throws IOException {
        if (hasPermissions(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(file, content);
    }

    /** Makes a folder where there is none, and closes it to others either way. */
    static void folder(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (hasPermissions(folder)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static boolean hasPermissions(Path path) throws IOException {
        return Files.getFileStore(path.getParent()).supportsFileAttributeView("posix");
    }
}
