package dev.genfleet.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * Identity of one attempt to run a job, minted by the worker slot that took the record. Every event of the attempt carries it.
 *
 * @param value a UUID of version 7
 */
public record LeaseId(UUID value) {

    /** A new lease id. */
    public static LeaseId next() {
        return new LeaseId(TimeOrderedUuid.next());
    }

    /**
     * Reads the canonical 36-character form.
     *
     * @throws IllegalArgumentException when the text is not a canonical UUID
     */
    @JsonCreator
    public static LeaseId parse(String text) {
        return new LeaseId(TimeOrderedUuid.parse("lease id", text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
