package dev.genfleet.model;

/**
 * What videos a model makes.
 *
 * @param frames of a video unless a job says otherwise
 * @param maxFrames most frames of a video
 * @param fps frames per second unless a job says otherwise
 */
public record VideoShape(int frames, int maxFrames, int fps) {

    public VideoShape {
        if (frames < 1 || maxFrames < frames || fps < 1) {
            throw new IllegalArgumentException("video of model.json has frames " + frames + ", max_frames " + maxFrames
                    + " and fps " + fps + ", but needs 1 <= frames <= max_frames and fps from 1");
        }
    }
}
