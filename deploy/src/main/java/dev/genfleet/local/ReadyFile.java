package dev.genfleet.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A file of one line with which a child process says that it is ready, and where. It appears at once, never half written. */
final class ReadyFile {

    private ReadyFile() {}

    static void write(Path file, String line) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.writeString(draft, line + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The line, once the file is there. */
    static Optional<String> read(Path file) throws IOException {
        try {
            String text = Files.readString(file);
            return text.endsWith("\n") || !text.isBlank() ? Optional.of(text.strip()) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
