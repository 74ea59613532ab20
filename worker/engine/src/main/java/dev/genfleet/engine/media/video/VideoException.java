package dev.genfleet.engine.media.video;

/** A video that could not be encoded; the message says what refused, without a full stop. */
public final class VideoException extends Exception {

    private static final long serialVersionUID = 1L;

    VideoException(String message) {
        super(message);
    }
}
