package dev.genfleet.engine;

import dev.genfleet.job.VideoSpec;
import java.util.Objects;

/** What a video has besides its file. Immutable. */
public final class Reel {

    private final VideoSpec video;
    private final byte[] poster;

    /**
     * Wraps a poster.
     *
     * @param video length and speed
     * @param poster the first frame as a PNG file; copied
     */
    public Reel(VideoSpec video, byte[] poster) {
        this.video = Objects.requireNonNull(video, "video");
        this.poster = poster.clone();
    }

    /** Length and speed. */
    public VideoSpec video() {
        return video;
    }

    /** The first frame as a PNG file, a copy. */
    public byte[] poster() {
        return poster.clone();
    }
}
