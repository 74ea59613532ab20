package dev.genfleet.engine.media.video;

/**
 * What all frames of a video have in common.
 *
 * @param width pixels
 * @param height pixels
 * @param fps frames per second
 */
public record VideoForm(int width, int height, int fps) {

    public VideoForm {
        if (width < 1 || height < 1 || fps < 1) {
            throw new IllegalArgumentException("a video is " + width + "x" + height + " of " + fps
                    + " frames per second, but all must be at least 1");
        }
    }
}
