package dev.genfleet.worker.testing;

import dev.genfleet.worker.artifact.ArtifactStore;
import dev.genfleet.worker.artifact.StoredObject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Object storage in memory that can be away for a number of calls. */
public final class FolderlessStore implements ArtifactStore {

    private final List<StoredObject> objects = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();

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
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException("storage is away");
        }
        objects.add(object);
    }

    @Override
    public void close() {
        // nothing is open
    }
}
