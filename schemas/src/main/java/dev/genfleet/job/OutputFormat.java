package dev.genfleet.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The file format of an output: pictures are PNG, videos any of the others. */
public enum OutputFormat {
    PNG("image/png", Kind.PICTURE),
    /** H.264. */
    MP4("video/mp4", Kind.VIDEO),
    /** VP9. */
    WEBM("video/webm", Kind.VIDEO),
    /** Animated, one palette for all frames. */
    GIF("image/gif", Kind.VIDEO);

    private static final int SMALLEST_H264_SIDE = 16;

    private enum Kind {
        PICTURE,
        VIDEO
    }

    private final String contentType;
    private final Kind kind;

    OutputFormat(String contentType, Kind kind) {
        this.contentType = contentType;
        this.kind = kind;
    }

    /** Whether its files are videos. */
    public boolean moving() {
        return kind == Kind.VIDEO;
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

    /** Whether its files can hold that size: H.264 has no odd sides and none under 16 pixels. */
    public boolean holds(ImageSize size) {
        return this != MP4
                || (size.width() % 2 == 0
                        && size.height() % 2 == 0
                        && Math.min(size.width(), size.height()) >= SMALLEST_H264_SIDE);
    }

    /** The formats of videos, the usual one first. */
    public static List<OutputFormat> ofVideos() {
        return Stream.of(values()).filter(OutputFormat::moving).toList();
    }

    /** The formats of pictures, the usual one first. */
    public static List<OutputFormat> ofPictures() {
        return Stream.of(values()).filter(format -> !format.moving()).toList();
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
