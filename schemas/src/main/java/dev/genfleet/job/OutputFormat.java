package dev.genfleet.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

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
        return WireNames.parse("output_format", values(), OutputFormat::extension, text);
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
