package dev.genfleet.engine;

import dev.genfleet.job.OutputFormat;
import java.util.Objects;
import java.util.Optional;

/** An encoded picture or video. Immutable. */
public final class Picture {

    private final int index;
    private final long seed;
    private final int width;
    private final int height;
    private final OutputFormat format;
    private final byte[] bytes;
    private final Optional<Reel> reel;

    /**
     * A picture.
     *
     * @param bytes the file; copied
     */
    public Picture(int index, long seed, int width, int height, OutputFormat format, byte[] bytes) {
        this(index, seed, width, height, format, bytes, Optional.empty());
    }

    /**
     * A picture or a video.
     *
     * @param bytes the file; copied
     * @param reel of videos
     */
    public Picture(
            int index, long seed, int width, int height, OutputFormat format, byte[] bytes, Optional<Reel> reel) {
        this.index = index;
        this.seed = seed;
        this.width = width;
        this.height = height;
        this.format = format;
        this.bytes = bytes.clone();
        this.reel = Objects.requireNonNull(reel, "reel");
    }

    /** Place among the generation's pictures, from 0. */
    public int index() {
        return index;
    }

    /** The seed that gives this picture alone. */
    public long seed() {
        return seed;
    }

    /** Pixels. */
    public int width() {
        return width;
    }

    /** Pixels. */
    public int height() {
        return height;
    }

    public OutputFormat format() {
        return format;
    }

    /** Of videos. */
    public Optional<Reel> reel() {
        return reel;
    }

    /** The file, a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }
}
