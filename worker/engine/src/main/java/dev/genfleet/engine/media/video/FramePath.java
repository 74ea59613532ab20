package dev.genfleet.engine.media.video;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/** From frames as decoded to frames as the encoder takes them; one that needs later frames first may keep them back. */
sealed interface FramePath extends AutoCloseable permits YuvPath, PalettePath, StraightPath {

    /** Takes the next frame and passes on whatever is ready. */
    void send(AVFrame frame, Sink sink) throws VideoException;

    /** Passes on whatever was kept back. */
    void end(Sink sink) throws VideoException;

    @Override
    void close();

    /** Takes frames for the encoder; they are valid during the call only. */
    interface Sink {
        void take(AVFrame frame) throws VideoException;
    }
}
