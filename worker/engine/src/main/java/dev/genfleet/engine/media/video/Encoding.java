package dev.genfleet.engine.media.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_PAL8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import dev.genfleet.engine.device.Device;
import dev.genfleet.job.OutputFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a format is encoded. Every encoder has one thread and a fixed quality, so that equal frames give equal bytes.
 *
 * @param muxer FFmpeg's name of the container; empty where the encoder writes whole files
 * @param encoder FFmpeg's name of the codec
 * @param pixelFormat what the encoder takes
 * @param options of the encoder
 */
record Encoding(Optional<String> muxer, String encoder, int pixelFormat, Map<String, String> options) {

    Encoding {
        options = Map.copyOf(options);
    }

    /** The encoders of a video beside that device, the best first; the last is there everywhere. */
    static List<Encoding> of(OutputFormat format, Device device) {
        return switch (format) {
            case MP4 ->
                switch (device) {
                    case Device.Cuda gpu -> List.of(nvenc(gpu), OPEN_H264);
                    case Device.Cpu _ -> List.of(OPEN_H264);
                };
            case WEBM ->
                List.of(new Encoding(
                        Optional.of("webm"),
                        "libvpx-vp9",
                        AV_PIX_FMT_YUV420P,
                        Map.of("crf", "20", "b", "0", "deadline", "good", "cpu-used", "2", "row-mt", "0")));
            case GIF -> List.of(new Encoding(Optional.of("gif"), "gif", AV_PIX_FMT_PAL8, Map.of()));
            case WEBP -> List.of(webp("libwebp_anim", 90));
            case PNG, JPEG -> throw new IllegalArgumentException("a video cannot be a " + format.extension() + " file");
        };
    }

    /** Of a WebP picture. WebP has colours of half the resolution (RFC 9649, section 1), so the rest is kept all the finer. */
    static final Encoding WEBP_STILL = webp("libwebp", 95);

    // The quantizer is pinned between equal bounds; the rate control beside it never acts.
    private static final Encoding OPEN_H264 = new Encoding(
            Optional.of("mp4"),
            "libopenh264",
            AV_PIX_FMT_YUV420P,
            Map.of("rc_mode", "quality", "qmin", "18", "qmax", "18", "profile", "high"));

    private static Encoding nvenc(Device.Cuda gpu) {
        return new Encoding(
                Optional.of("mp4"),
                "h264_nvenc",
                AV_PIX_FMT_YUV420P,
                Map.of(
                        "gpu", Integer.toString(gpu.ordinal()),
                        "preset", "p7",
                        "tune", "hq",
                        "rc", "constqp",
                        "qp", "18",
                        "bf", "0",
                        "profile", "high"));
    }

    private static Encoding webp(String encoder, int quality) {
        return new Encoding(
                Optional.empty(),
                encoder,
                ScreenFrame.PIXEL_FORMAT,
                Map.of("lossless", "0", "quality", Integer.toString(quality), "compression_level", "4"));
    }
}
