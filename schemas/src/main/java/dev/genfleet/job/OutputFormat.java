package dev.genfleet.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The file format of an output. Most hold either pictures or videos; one name may serve both, as it does in browsers. */
public enum OutputFormat {
    PNG("image/png", Use.PICTURES, Sides.ANY),
    /** With full colour resolution; {@code jpg} is read as this too. */
    JPEG("image/jpeg", Use.PICTURES, Sides.OF_JPEG),
    /** H.264. */
    MP4("video/mp4", Use.VIDEOS, Sides.OF_H264),
    /** VP9. */
    WEBM("video/webm", Use.VIDEOS, Sides.ANY),
    /** Animated, one palette for all frames. */
    GIF("image/gif", Use.VIDEOS, Sides.OF_GIF),
    /** A picture, or a video as an animation. */
    WEBP("image/webp", Use.BOTH, Sides.OF_WEBP);

    /** What an output is. */
    public enum Kind {
        PICTURE,
        VIDEO
    }

    private final String contentType;
    private final Use use;
    private final Sides sides;

    OutputFormat(String contentType, Use use, Sides sides) {
        this.contentType = contentType;
        this.use = use;
        this.sides = sides;
    }

    /** Whether its files can be outputs of that kind. */
    public boolean holds(Kind kind) {
        return switch (kind) {
            case PICTURE -> use != Use.VIDEOS;
            case VIDEO -> use != Use.PICTURES;
        };
    }

    /**
     * Reads the lower-case wire form; {@code jpg} is another name of {@code jpeg}.
     *
     * @throws IllegalArgumentException naming the value and the allowed ones
     */
    @JsonCreator
    public static OutputFormat parse(String text) {
        return WireNames.parse("output_format", values(), OutputFormat::extension, unaliased(text));
    }

    /** Whether {@code text} names it, see {@link #parse}. */
    public boolean isNamed(String text) {
        return extension().equals(unaliased(text));
    }

    private static String unaliased(String text) {
        return "jpg".equals(text) ? "jpeg" : text;
    }

    /** Whether its files can hold that size. */
    public boolean holds(ImageSize size) {
        return sides.allow(size.width()) && sides.allow(size.height());
    }

    /** The sizes that its files can hold, as the end of a sentence: "it needs …". */
    public String demand() {
        return sides.demand();
    }

    /** The formats of outputs of that kind, the usual one first. */
    public static List<OutputFormat> of(Kind kind) {
        return Stream.of(values()).filter(format -> format.holds(kind)).toList();
    }

    /** File name extension without the dot; also the wire form. */
    @JsonValue
    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String contentType() {
        return contentType;
    }

    private enum Use {
        PICTURES,
        VIDEOS,
        BOTH
    }

    /** The lengths in pixels that a side may have. */
    private enum Sides {
        ANY(1, Integer.MAX_VALUE, 1, "a width and height of at least 1 pixel"),
        OF_H264(16, Integer.MAX_VALUE, 2, "an even width and height of at least 16 pixels"),
        OF_JPEG(1, 65_500, 1, "a width and height of at most 65500 pixels"),
        OF_GIF(1, 65_535, 1, "a width and height of at most 65535 pixels"),
        OF_WEBP(1, 16_383, 1, "a width and height of at most 16383 pixels");

        private final int least;
        private final int most;
        private final int multiple;
        private final String demand;

        Sides(int least, int most, int multiple, String demand) {
            this.least = least;
            this.most = most;
            this.multiple = multiple;
            this.demand = demand;
        }

        boolean allow(int side) {
            return side >= least && side <= most && side % multiple == 0;
        }

        String demand() {
            return demand;
        }
    }
}
