package dev.genfleet.worker.artifact;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where pictures are kept, and what else is too large for Redis. Safe on any thread. */
public interface ArtifactStore extends AutoCloseable {

    /**
     * Stores an object, replacing one of that key.
     *
     * @throws IOException when the store cannot be reached or refuses; trying again may help
     */
    void put(StoredObject object) throws IOException;

    /**
     * An object's bytes; empty when there is none of that key.
     *
     * @param most refuses objects of more bytes
     * @throws IOException when the store cannot be reached or refuses, or the object is larger
     */
    Optional<byte[]> get(String key, int most) throws IOException;

    /**
     * Objects whose keys start with {@code prefix}, in order of their keys.
     *
     * @throws IOException when the store cannot be reached or refuses
     */
    List<Listed> list(String prefix) throws IOException;

    /**
     * Deletes an object, if there is one of that key.
     *
     * @throws IOException when the store cannot be reached or refuses
     */
    void delete(String key) throws IOException;

    @Override
    void close();

    /**
     * An object in a list.
     *
     * @param key its name
     * @param modifiedAt when it was stored
     */
    record Listed(String key, Instant modifiedAt) {}
}
