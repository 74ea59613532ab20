package dev.genfleet.engine;

import dev.genfleet.engine.device.Pixels;
import dev.genfleet.engine.media.JpegEncoder;
import dev.genfleet.engine.media.PictureText;
import dev.genfleet.engine.media.PngEncoder;
import dev.genfleet.engine.media.video.VideoException;
import dev.genfleet.engine.media.video.WebpEncoder;
import dev.genfleet.job.OutputFormat;

/** The file of a picture in the format that was asked for. */
final class StillFile {

    private StillFile() {}

    /**
     * Encodes a picture; equal arguments give equal bytes.
     *
     * @param format one of pictures
     * @param pixels about -1 to 1
     * @param text what the picture says about its making
     * @throws VideoException when the format has no such size
     */
    static byte[] encode(OutputFormat format, Pixels pixels, PictureText text) throws VideoException {
        return switch (format) {
            case PNG -> PngEncoder.encode(pixels, text);
            case JPEG -> JpegEncoder.encode(pixels, text);
            case WEBP -> WebpEncoder.encode(pixels, text);
            case MP4, WEBM, GIF ->
                throw new IllegalArgumentException("a picture cannot be a " + format.extension() + " file");
        };
    }
}
