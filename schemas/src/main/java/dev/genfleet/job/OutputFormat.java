package dev.genfleet.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The file format of an output. */
public enum OutputFormat {
    PNG("image/png");

    private final String contentType;

    OutputFormat(String contentType) {
        this.contentType = contentType;
    }

    /**
     * Reads the lower-case wire form.
     *
     * @throws IllegalArgumentException naming the value and the allowed ones
     */
    @JsonCreator
    public static OutputFormat parse(String text) {
        for (OutputFormat format : values()) {
            if (format.extension().equals(text)) {
                return format;
            }
        }
        String allowed = Arrays.stream(values()).map(OutputFormat::extension).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("output_format is '" + text + "', but must be one of " + allowed);
    }

    /** File name extension without the dot; also the wire form. */
    @JsonValue
    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String contentType() {
        return contentType;
    }
}
