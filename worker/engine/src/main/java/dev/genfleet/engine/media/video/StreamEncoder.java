package dev.genfleet.engine.media.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;

import java.util.TreeMap;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Frames to packets, on one thread and without anything that depends on the build or the time. */
final class StreamEncoder implements AutoCloseable {

    private static final int SECONDS_BETWEEN_KEY_FRAMES = 2;

    private final Encoding encoding;
    private final AVCodecContext context;
    private final AVPacket packet;

    StreamEncoder(Encoding encoding, VideoForm form) throws VideoException {
        this.encoding = encoding;
        AVCodec codec = Av.made(avcodec_find_encoder_by_name(encoding.encoder()), "encoder " + encoding.encoder());
        this.context = Av.made(avcodec_alloc_context3(codec), "memory for the encoder " + encoding.encoder());
        this.packet = av_packet_alloc();
        context.width(form.width())
                .height(form.height())
                .pix_fmt(encoding.pixelFormat())
                .time_base(av_make_q(1, form.fps()))
                .framerate(av_make_q(form.fps(), 1))
                .sample_aspect_ratio(av_make_q(1, 1))
                .gop_size(SECONDS_BETWEEN_KEY_FRAMES * form.fps())
                .thread_count(1)
                .flags(context.flags() | AV_CODEC_FLAG_BITEXACT | AV_CODEC_FLAG_GLOBAL_HEADER);
        if (encoding.pixelFormat() == AV_PIX_FMT_YUV420P) {
            context.color_range(AVCOL_RANGE_MPEG)
                    .colorspace(AVCOL_SPC_BT709)
                    .color_primaries(AVCOL_PRI_BT709)
                    .color_trc(AVCOL_TRC_BT709);
        }
        AVDictionary options = new AVDictionary(null);
        new TreeMap<>(encoding.options()).forEach((name, value) -> av_dict_set(options, name, value, 0));
        int answer = avcodec_open2(context, codec, options);
        av_dict_free(options);
        try {
            Av.check(
                    answer,
                    "open the encoder " + encoding.encoder() + " for " + form.width() + "x" + form.height() + " of "
                            + form.fps() + " frames per second");
        } catch (VideoException e) {
            close();
            throw e;
        }
    }

    /** How it encodes. */
    Encoding encoding() {
        return encoding;
    }

    /** As the encoder was opened; still owned by it. */
    AVCodecContext context() {
        return context;
    }

    /** Encodes the next frame, or with {@code null} everything that was kept back, and passes on the packets that are ready. */
    void encode(AVFrame frame, Sink sink) throws VideoException {
        Av.check(avcodec_send_frame(context, frame), "encode a frame");
        for (int answer = avcodec_receive_packet(context, packet);
                !Av.nothingNow(answer);
                answer = avcodec_receive_packet(context, packet)) {
            Av.check(answer, "encode a frame");
            sink.take(packet);
        }
    }

    @Override
    public void close() {
        av_packet_free(packet);
        avcodec_free_context(context);
    }

    /** Takes packets; they are valid during the call only. */
    interface Sink {
        void take(AVPacket packet) throws VideoException;
    }
}
