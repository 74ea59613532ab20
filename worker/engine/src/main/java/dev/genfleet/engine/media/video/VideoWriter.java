package dev.genfleet.engine.media.video;

import dev.genfleet.engine.device.Pixels;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.OutputFormat;

/**
 * A video file that grows frame by frame, so that no more than one frame's floats are ever held. Equal frames and comments give
 * equal bytes. One thread; close it also after {@link #finish}.
 */
public final class VideoWriter implements AutoCloseable {

    private final VideoForm form;
    private final ScreenFrame screen;
    private final FramePath path;
    private final StreamEncoder encoder;
    private final MemoryMuxer muxer;
    private long frames;

    /**
     * A video without frames.
     *
     * @param format MP4 (H.264), WEBM (VP9) or GIF
     * @param form of all frames
     * @param comment what the video says about its making; GIF files have no place for it
     * @throws VideoException when the size is not possible, or FFmpeg lacks the encoder
     */
    public VideoWriter(OutputFormat format, VideoForm form, String comment) throws VideoException {
        this.form = form;
        if (!format.holds(new ImageSize(form.width(), form.height()))) {
            throw new VideoException("mp4 needs an even width and height of at least 16 pixels, but the video is "
                    + form.width() + "x" + form.height());
        }
        Encoding encoding = Encoding.of(format);
        this.screen = new ScreenFrame(form);
        try {
            this.path = format == OutputFormat.GIF ? new PalettePath(form) : new YuvPath(form);
        } catch (VideoException e) {
            screen.close();
            throw e;
        }
        try {
            this.encoder = new StreamEncoder(encoding, form);
        } catch (VideoException e) {
            path.close();
            screen.close();
            throw e;
        }
        try {
            this.muxer = new MemoryMuxer(encoding.muxer(), encoder.context(), comment);
        } catch (VideoException e) {
            encoder.close();
            path.close();
            screen.close();
            throw e;
        }
    }

    /**
     * Adds the next frame.
     *
     * @param pixels about -1 to 1, of the video's size; they become bytes as a picture's do
     */
    public void add(Pixels pixels) throws VideoException {
        if (pixels.width() != form.width() || pixels.height() != form.height()) {
            throw new VideoException("frame " + frames + " is " + pixels.width() + "x" + pixels.height()
                    + ", but the video is " + form.width() + "x" + form.height());
        }
        path.send(screen.fill(pixels, frames), frame -> encoder.encode(frame, muxer::write));
        frames++;
    }

    /** Ends the video; nothing can be added any more. */
    public byte[] finish() throws VideoException {
        path.end(frame -> encoder.encode(frame, muxer::write));
        encoder.encode(null, muxer::write);
        return muxer.finish();
    }

    @Override
    public void close() {
        muxer.close();
        encoder.close();
        path.close();
        screen.close();
    }
}
