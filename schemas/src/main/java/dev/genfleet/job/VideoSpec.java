package dev.genfleet.job;

/**
 * How long a video is and how fast it plays.
 *
 * @param numFrames frames, from 1
 * @param fps frames per second, from 1
 */
public record VideoSpec(int numFrames, int fps) {

    public VideoSpec {
        if (numFrames < 1 || fps < 1) {
            throw new IllegalArgumentException(
                    "num_frames is " + numFrames + " and fps is " + fps + ", but both must be at least 1");
        }
    }
}
