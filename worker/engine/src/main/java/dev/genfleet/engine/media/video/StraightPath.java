package dev.genfleet.engine.media.video;

import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Frames as they are, for encoders that convert colours themselves. */
final class StraightPath implements FramePath {

    @Override
    public void send(AVFrame frame, Sink sink) throws VideoException {
        sink.take(frame);
    }

    @Override
    public void end(Sink sink) {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
