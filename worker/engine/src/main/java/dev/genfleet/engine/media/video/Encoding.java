package dev.genfleet.engine.media.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_PAL8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import dev.genfleet.job.OutputFormat;
import java.util.Map;

/**
 * How a format is encoded. Every encoder has one thread and a fixed quality, so that equal frames give equal bytes.
 *
 * @param muxer FFmpeg's name of the container
 * @param encoder FFmpeg's name of the codec
 * @param pixelFormat what the encoder takes
 * @param options of the encoder
 */
record Encoding(String muxer, String encoder, int pixelFormat, Map<String, String> options) {

    Encoding {
        options = Map.copyOf(options);
    }

    static Encoding of(OutputFormat format) {
        return switch (format) {
            // The quantizer is pinned between equal bounds; the rate control beside it never acts.
            case MP4 ->
                new Encoding(
                        "mp4",
                        "libopenh264",
                        AV_PIX_FMT_YUV420P,
                        Map.of("rc_mode", "quality", "qmin", "18", "qmax", "18", "profile", "high"));
            case WEBM ->
                new Encoding(
                        "webm",
                        "libvpx-vp9",
                        AV_PIX_FMT_YUV420P,
                        Map.of("crf", "20", "b", "0", "deadline", "good", "cpu-used", "2", "row-mt", "0"));
            case GIF -> new Encoding("gif", "gif", AV_PIX_FMT_PAL8, Map.of());
            case PNG -> throw new IllegalArgumentException("a video cannot be a png file");
        };
    }
}
