package dev.genfleet.local;

import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a folder remembers of its running stack, so that another program can find and stop it.
 *
 * @param endpoints where the parts are
 * @param parts the processes, in the order in which they were started
 */
record StackRecord(Endpoints endpoints, List<Part> parts) {

    StackRecord {
        Objects.requireNonNull(endpoints, "endpoints");
        parts = List.copyOf(parts);
    }

    void write(Path file) throws StackException {
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".draft");
            Files.deleteIfExists(draft);
            OwnerOnly.write(draft, Json.write(this));
            Files.move(draft, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StackException("cannot write " + file + ": " + e, e);
        }
    }

    static Optional<StackRecord> read(Path file) throws StackException {
        try {
            return Optional.of(Json.read(Files.readAllBytes(file), StackRecord.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StackException("cannot read " + file + ": " + e, e);
        } catch (MalformedRecordException e) {
            throw new StackException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
