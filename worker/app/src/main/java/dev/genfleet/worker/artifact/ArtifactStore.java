package dev.genfleet.worker.artifact;

import java.io.IOException;

/** Where pictures are kept. Safe on any thread. */
public interface ArtifactStore extends AutoCloseable {

    /**
     * Stores an object, replacing one of that key.
     *
     * @throws IOException when the store cannot be reached or refuses; trying again may help
     */
    void put(StoredObject object) throws IOException;

    @Override
    void close();
}
