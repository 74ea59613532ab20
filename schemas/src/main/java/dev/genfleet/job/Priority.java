package dev.genfleet.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

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
        for (Priority priority : values()) {
            if (priority.wireName().equals(text)) {
                return priority;
            }
        }
        String allowed = Arrays.stream(values()).map(Priority::wireName).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("priority is '" + text + "', but must be one of " + allowed);
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
