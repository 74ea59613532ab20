package dev.genfleet.engine.media.video;

import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** FFmpeg's way to answer, as exceptions. */
final class Av {

    private static final int LONGEST_REASON = 128;

    static {
        av_log_set_level(AV_LOG_ERROR);
    }

    private Av() {}

    /**
     * A call's answer.
     *
     * @param doing what was tried, as in "cannot …"
     * @throws VideoException when it is an error
     */
    static int check(int answer, String doing) throws VideoException {
        if (answer >= 0) {
            return answer;
        }
        try (BytePointer reason = new BytePointer(LONGEST_REASON)) {
            av_strerror(answer, reason, LONGEST_REASON);
            throw new VideoException("FFmpeg cannot " + doing + ": " + text(reason));
        }
    }

    /** What is written up to the zero; behind it lies whatever was there before. */
    private static String text(BytePointer written) {
        String all = written.getString(StandardCharsets.UTF_8);
        int end = all.indexOf('\0');
        return end < 0 ? all : all.substring(0, end);
    }

    /** Whether the answer is that nothing comes until more is given, or nothing at all any more. */
    static boolean nothingNow(int answer) {
        return answer == AVERROR_EOF || answer == avutil.AVERROR_EAGAIN();
    }

    /**
     * Something that FFmpeg made.
     *
     * @throws VideoException when it made none
     */
    static <T extends Pointer> T made(T pointer, String what) throws VideoException {
        if (pointer == null || pointer.isNull()) {
            throw new VideoException("FFmpeg has no " + what);
        }
        return pointer;
    }

    /** A frame with its own buffers; free it with {@code av_frame_free}. */
    static AVFrame frame(VideoForm form, int pixelFormat) throws VideoException {
        AVFrame frame = made(av_frame_alloc(), "memory for a frame");
        frame.format(pixelFormat).width(form.width()).height(form.height());
        check(av_frame_get_buffer(frame, 0), "allocate a frame of " + form.width() + "x" + form.height());
        return frame;
    }
}
