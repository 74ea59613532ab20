package dev.genfleet.engine.media.video;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGRA;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_q2d;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BICUBIC;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU601;
import static org.bytedeco.ffmpeg.global.swscale.SWS_CS_ITU709;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/** What a player sees of a video file, by FFmpeg's demuxer and decoder. */
public record PlayedVideo(String codec, List<BufferedImage> frames, double fps, double seconds, String comment) {

    /** Plays a file from its start to its end. */
    public static PlayedVideo of(byte[] file, Path folder) throws IOException, VideoException {
        Path path = Files.write(folder.resolve("played"), file);
        AVFormatContext format = new AVFormatContext(null);
        Av.check(avformat_open_input(format, path.toString(), null, null), "open the video");
        Av.check(avformat_find_stream_info(format, (PointerPointer<?>) null), "read the video");
        AVStream stream = format.streams(0);
        AVCodec codec = avcodec_find_decoder(stream.codecpar().codec_id());
        AVCodecContext decoder = avcodec_alloc_context3(codec);
        Av.check(avcodec_parameters_to_context(decoder, stream.codecpar()), "take the stream's parameters");
        Av.check(avcodec_open2(decoder, codec, (AVDictionary) null), "open the decoder");
        List<BufferedImage> frames = frames(format, decoder);
        PlayedVideo played = new PlayedVideo(
                codec.name().getString(),
                frames,
                av_q2d(stream.avg_frame_rate()),
                format.duration() / 1e6,
                comment(format));
        avcodec_free_context(decoder);
        avformat_close_input(format);
        return played;
    }

    private static String comment(AVFormatContext format) {
        AVDictionaryEntry entry = av_dict_get(format.metadata(), "comment", null, 0);
        return entry == null ? "" : entry.value().getString(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static List<BufferedImage> frames(AVFormatContext format, AVCodecContext decoder) throws VideoException {
        List<BufferedImage> frames = new ArrayList<>();
        AVPacket packet = av_packet_alloc();
        while (av_read_frame(format, packet) >= 0) {
            Av.check(avcodec_send_packet(decoder, packet), "decode");
            av_packet_unref(packet);
            receive(decoder, frames);
        }
        Av.check(avcodec_send_packet(decoder, null), "end decoding");
        receive(decoder, frames);
        av_packet_free(packet);
        return frames;
    }

    private static void receive(AVCodecContext decoder, List<BufferedImage> frames) throws VideoException {
        AVFrame frame = av_frame_alloc();
        while (avcodec_receive_frame(decoder, frame) >= 0) {
            frames.add(image(frame));
        }
        av_frame_free(frame);
    }

    private static BufferedImage image(AVFrame frame) throws VideoException {
        VideoForm form = new VideoForm(frame.width(), frame.height(), 1);
        SwsContext scaler = sws_getContext(
                form.width(),
                form.height(),
                frame.format(),
                form.width(),
                form.height(),
                AV_PIX_FMT_BGRA,
                SWS_BICUBIC | SWS_ACCURATE_RND,
                null,
                null,
                (DoublePointer) null);
        // Videos say their matrix; pictures have that of ITU-R BT.601, and JPEG's numbers go from 0 to 255.
        IntPointer matrix = sws_getCoefficients(frame.colorspace() == AVCOL_SPC_BT709 ? SWS_CS_ITU709 : SWS_CS_ITU601);
        int full = frame.color_range() == AVCOL_RANGE_JPEG ? 1 : 0;
        sws_setColorspaceDetails(scaler, matrix, full, matrix, 1, 0, 1 << 16, 1 << 16);
        AVFrame shown = Av.frame(form, AV_PIX_FMT_BGRA);
        sws_scale(scaler, frame.data(), frame.linesize(), 0, form.height(), shown.data(), shown.linesize());
        BufferedImage image = new BufferedImage(form.width(), form.height(), BufferedImage.TYPE_INT_RGB);
        BytePointer data = shown.data(0);
        for (int y = 0; y < form.height(); y++) {
            for (int x = 0; x < form.width(); x++) {
                long at = (long) y * shown.linesize(0) + 4L * x;
                int rgb = (data.get(at + 2) & 0xff) << 16 | (data.get(at + 1) & 0xff) << 8 | (data.get(at) & 0xff);
                image.setRGB(x, y, rgb);
            }
        }
        av_frame_free(shown);
        sws_freeContext(scaler);
        return image;
    }
}
