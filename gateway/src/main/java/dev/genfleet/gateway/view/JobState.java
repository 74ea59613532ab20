package dev.genfleet.gateway.view;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.genfleet.event.EventType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The states of a job, in the order in which a job passes them. */
public enum JobState {
    QUEUED,
    STARTING,
    PROCESSING,
    SUCCEEDED,
    FAILED,
    CANCELED,
    EXPIRED;

    /** The state that an event of this type leads to. */
    static JobState after(EventType type) {
        return switch (type) {
            case LEASED -> STARTING;
            case STARTED -> PROCESSING;
            case RELEASED -> QUEUED;
            case SUCCEEDED -> SUCCEEDED;
            case FAILED -> FAILED;
            case CANCELED -> CANCELED;
            case EXPIRED -> EXPIRED;
        };
    }

    /** Reads the lower-case wire form; empty when it is no state. */
    public static Optional<JobState> parse(String text) {
        return Arrays.stream(values())
                .filter(state -> state.wireName().equals(text))
                .findFirst();
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing can follow. */
    public boolean terminal() {
        return switch (this) {
            case QUEUED, STARTING, PROCESSING -> false;
            case SUCCEEDED, FAILED, CANCELED, EXPIRED -> true;
        };
    }
}
