package dev.genfleet.worker.testing;

import dev.genfleet.worker.artifact.ArtifactStore;
import dev.genfleet.worker.artifact.StoredObject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Object storage in memory that can be away for a number of calls. */
public final class FolderlessStore implements ArtifactStore {

    private final List<StoredObject> objects = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Instant modifiedAt = Instant.EPOCH;

    /** Every object, also those to come, was stored at that time. */
    public void storedAt(Instant time) {
        modifiedAt = time;
    }

    /** The next {@code calls} calls fail. */
    public void failNext(int calls) {
        failures.set(calls);
    }

    /** What was stored. */
    public List<StoredObject> objects() {
        return objects;
    }

    @Override
    public void put(StoredObject object) throws IOException {
        answer();
        objects.add(object);
    }

    @Override
    public Optional<byte[]> get(String key, int most) throws IOException {
        answer();
        for (StoredObject object : objects.reversed()) {
            if (object.key().equals(key)) {
                return Optional.of(object.open().readAllBytes());
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Listed> list(String prefix) throws IOException {
        answer();
        return objects.stream()
                .map(StoredObject::key)
                .filter(key -> key.startsWith(prefix))
                .distinct()
                .sorted()
                .map(key -> new Listed(key, modifiedAt))
                .toList();
    }

    @Override
    public void delete(String key) throws IOException {
        answer();
        objects.removeIf(object -> object.key().equals(key));
    }

    private void answer() throws IOException {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException("storage is away");
        }
    }

    @Override
    public void close() {
        // nothing is open
    }
}
