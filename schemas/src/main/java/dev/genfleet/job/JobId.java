package dev.genfleet.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * Identity of a job: a UUID of version 7 (RFC 9562 section 5.7), so ids sort by creation time.
 *
 * @param value the UUID; any version is accepted when read, {@link #next} makes version 7
 */
public record JobId(UUID value) implements Comparable<JobId> {

    /** A new id, later than every id that this process made before. */
    public static JobId next() {
        return new JobId(TimeOrderedUuid.next());
    }

    /**
     * Reads the canonical 36-character form.
     *
     * @throws IllegalArgumentException when the text is not a canonical UUID
     */
    @JsonCreator
    public static JobId parse(String text) {
        return new JobId(TimeOrderedUuid.parse("job id", text));
    }

    @Override
    public int compareTo(JobId other) {
        return toString().compareTo(other.toString());
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
