package dev.genfleet.importer.checkpoint;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** The tensors of one checkpoint by key, in key order. */
public final class Checkpoint {

    private final Path file;
    private final TreeMap<String, StoredTensor> tensors = new TreeMap<>();

    Checkpoint(Path file, Collection<StoredTensor> tensors) {
        this.file = Objects.requireNonNull(file, "file");
        tensors.forEach(tensor -> this.tensors.put(tensor.name(), tensor));
    }

    /** What was opened. */
    public Path file() {
        return file;
    }

    /** The tensor of that key. */
    public Optional<StoredTensor> find(String key) {
        return Optional.ofNullable(tensors.get(key));
    }

    /** All tensors, in key order. */
    public Collection<StoredTensor> tensors() {
        return Collections.unmodifiableCollection(tensors.values());
    }
}
