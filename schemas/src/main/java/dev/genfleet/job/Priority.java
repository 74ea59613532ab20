package dev.genfleet.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How urgent a job is, most urgent first. Each priority has its own topic per pool. */
public enum Priority {
    INTERACTIVE,
    STANDARD,
    BATCH;

    /**
     * Reads the lower-case wire form.
     *
     * @throws IllegalArgumentException naming the value and the allowed ones
     */
    @JsonCreator
    public static Priority parse(String text) {
        return WireNames.parse("priority", values(), Priority::wireName, text);
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
