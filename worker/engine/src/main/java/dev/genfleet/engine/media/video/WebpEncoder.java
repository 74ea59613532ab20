package dev.genfleet.engine.media.video;

import dev.genfleet.engine.device.Pixels;
import dev.genfleet.engine.media.PictureText;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.OutputFormat;
import java.util.List;

/** WebP files of single pictures (RFC 9649), lossy of quality 95, by libwebp. They carry an XMP packet. */
public final class WebpEncoder {

    private WebpEncoder() {}

    /**
     * Encodes a picture; equal arguments give equal bytes.
     *
     * @param pixels about -1 to 1
     * @param text what the picture says about its making
     * @throws VideoException when FFmpeg lacks the encoder, or it does not take the size
     */
    public static byte[] encode(Pixels pixels, PictureText text) throws VideoException {
        if (!OutputFormat.WEBP.holds(new ImageSize(pixels.width(), pixels.height()))) {
            throw new VideoException("webp needs " + OutputFormat.WEBP.demand() + ", but the picture is "
                    + pixels.width() + "x" + pixels.height());
        }
        VideoForm form = new VideoForm(pixels.width(), pixels.height(), 1);
        try (VideoWriter writer = new VideoWriter(List.of(Encoding.WEBP_STILL), form, text)) {
            writer.add(pixels);
            return writer.finish();
        }
    }
}
