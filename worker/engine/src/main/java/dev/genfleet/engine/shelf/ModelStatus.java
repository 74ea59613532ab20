package dev.genfleet.engine.shelf;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a model stands.
 *
 * @param name what jobs call it
 * @param digest of its package
 * @param bytes that it takes, or would take, on the device; an estimate
 * @param pinned whether it stays once it is loaded
 * @param state where it is
 * @param lastUsed when a generation last took it or let it go; empty before the first
 */
public record ModelStatus(
        String name, String digest, long bytes, boolean pinned, State state, Optional<Instant> lastUsed) {

    public ModelStatus {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(lastUsed, "lastUsed");
    }

    /** Where a model is. */
    public enum State {
        /** On the device, ready at once. */
        LOADED,
        /** Asked for, not yet there. */
        LOADING,
        /** On the device until its last generation has ended, then gone, because another one waits for its memory. */
        LEAVING,
        /** On disk, loaded when a generation asks for it. */
        ON_DEMAND,
        /** On disk; the last load failed a moment ago, and the next is not tried yet. */
        FAILED
    }
}
