package dev.genfleet.engine.media.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGRA;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import dev.genfleet.engine.device.Pixels;
import dev.genfleet.engine.media.PixelBytes;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** Decoded pixels as FFmpeg takes them: blue, green, red and an opaque byte, row by row. One frame, filled again and again. */
final class ScreenFrame implements AutoCloseable {

    static final int PIXEL_FORMAT = AV_PIX_FMT_BGRA;
    private static final int BYTES = 4;

    private final VideoForm form;
    private final AVFrame frame;
    private final byte[] row;

    ScreenFrame(VideoForm form) throws VideoException {
        this.form = form;
        this.frame = Av.frame(form, PIXEL_FORMAT);
        this.row = new byte[form.width() * BYTES];
    }

    /** The frame with these pixels, number {@code index} of the video; valid until the next call. */
    AVFrame fill(Pixels pixels, long index) throws VideoException {
        // An encoder or a filter may still hold what the frame showed before.
        Av.check(av_frame_make_writable(frame), "write a frame");
        int stride = frame.linesize(0);
        BytePointer data = frame.data(0);
        for (int y = 0; y < form.height(); y++) {
            for (int x = 0; x < form.width(); x++) {
                row[BYTES * x] = PixelBytes.of(pixels.at(2, x, y));
                row[BYTES * x + 1] = PixelBytes.of(pixels.at(1, x, y));
                row[BYTES * x + 2] = PixelBytes.of(pixels.at(0, x, y));
                row[BYTES * x + 3] = (byte) 0xff;
            }
            data.position((long) y * stride).put(row);
        }
        frame.pts(index);
        return frame;
    }

    @Override
    public void close() {
        av_frame_free(frame);
    }
}
