package dev.genfleet.engine.media.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_PAL8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.device.Pixels;
import dev.genfleet.engine.media.PictureText;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.OutputFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * A video file that grows frame by frame, so that no more than one frame's floats are ever held. Equal frames and comments give
 * equal bytes. One thread; close it also after {@link #finish}.
 */
public final class VideoWriter implements AutoCloseable {

    private final VideoForm form;
    private final ScreenFrame screen;
    private final StreamEncoder encoder;
    private final FramePath path;
    private final FileEnd file;
    private long frames;

    /**
     * A video without frames.
     *
     * @param format one of videos
     * @param form of all frames
     * @param text what the video says about its making; GIF files have no place for it
     * @param device beside which encoder to look for first: an NVIDIA GPU may have one of its own for H.264
     * @throws VideoException when the size is not possible, or FFmpeg lacks the encoder
     */
    public VideoWriter(OutputFormat format, VideoForm form, PictureText text, Device device) throws VideoException {
        this(choices(format, form, device), form, text);
    }

    VideoWriter(List<Encoding> choices, VideoForm form, PictureText text) throws VideoException {
        this.form = form;
        this.screen = new ScreenFrame(form);
        List<AutoCloseable> opened = new ArrayList<>(List.of(screen));
        try {
            this.encoder = FirstThatOpens.open(choices, form);
            opened.add(encoder);
            this.path = path(encoder.encoding(), form);
            opened.add(path);
            this.file = encoder.encoding().muxer().isPresent()
                    ? new MemoryMuxer(encoder.encoding().muxer().get(), encoder.context(), text.genfleet())
                    : new WebpEnd(form, text);
        } catch (VideoException e) {
            closeAll(opened, e);
            throw e;
        }
    }

    private static List<Encoding> choices(OutputFormat format, VideoForm form, Device device) throws VideoException {
        if (!format.holds(new ImageSize(form.width(), form.height()))) {
            throw new VideoException(format.extension() + " needs " + format.demand() + ", but the video is "
                    + form.width() + "x" + form.height());
        }
        return Encoding.of(format, device);
    }

    private static FramePath path(Encoding encoding, VideoForm form) throws VideoException {
        return switch (encoding.pixelFormat()) {
            case AV_PIX_FMT_PAL8 -> new PalettePath(form);
            case AV_PIX_FMT_YUV420P -> new YuvPath(form);
            default -> new StraightPath();
        };
    }

    private static void closeAll(List<AutoCloseable> opened, VideoException cause) {
        for (AutoCloseable each : opened.reversed()) {
            try {
                each.close();
            } catch (Exception e) {
                cause.addSuppressed(e);
            }
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
        path.send(screen.fill(pixels, frames), frame -> encoder.encode(frame, file::write));
        frames++;
    }

    /** Ends the video; nothing can be added any more. */
    public byte[] finish() throws VideoException {
        path.end(frame -> encoder.encode(frame, file::write));
        encoder.encode(null, file::write);
        return file.finish();
    }

    @Override
    public void close() {
        file.close();
        encoder.close();
        path.close();
        screen.close();
    }
}
