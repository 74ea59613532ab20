package dev.genfleet.engine.media.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BITEXACT;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU709;
import static org.bytedeco.ffmpeg.global.swscale.SWS_FULL_CHR_H_INP;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * RGB to luma and halved chroma (4:2:0) by the matrix of ITU-R BT.709 in video range, which players assume of H.264 and VP9 when
 * the stream says so.
 */
final class YuvPath implements FramePath {

    private static final int FULL_RANGE = 1;
    private static final int VIDEO_RANGE = 0;
    private static final int UNCHANGED = 1 << 16;

    private final int height;
    private final SwsContext scaler;
    private final AVFrame converted;

    YuvPath(VideoForm form) throws VideoException {
        this.height = form.height();
        this.scaler = Av.made(
                sws_getContext(
                        form.width(),
                        form.height(),
                        ScreenFrame.PIXEL_FORMAT,
                        form.width(),
                        form.height(),
                        AV_PIX_FMT_YUV420P,
                        SWS_BICUBIC | SWS_ACCURATE_RND | SWS_BITEXACT | SWS_FULL_CHR_H_INP,
                        null,
                        null,
                        (DoublePointer) null),
                "conversion from RGB to YUV for " + form.width() + "x" + form.height());
        IntPointer matrix = sws_getCoefficients(SWS_CS_ITU709);
        sws_setColorspaceDetails(scaler, matrix, FULL_RANGE, matrix, VIDEO_RANGE, 0, UNCHANGED, UNCHANGED);
        try {
            this.converted = Av.frame(form, AV_PIX_FMT_YUV420P);
        } catch (VideoException e) {
            sws_freeContext(scaler);
            throw e;
        }
    }

    @Override
    public void send(AVFrame frame, Sink sink) throws VideoException {
        Av.check(av_frame_make_writable(converted), "write a frame");
        Av.check(
                sws_scale(scaler, frame.data(), frame.linesize(), 0, height, converted.data(), converted.linesize()),
                "convert a frame to YUV");
        converted.pts(frame.pts());
        sink.take(converted);
    }

    @Override
    public void end(Sink sink) {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        av_frame_free(converted);
        sws_freeContext(scaler);
    }
}
