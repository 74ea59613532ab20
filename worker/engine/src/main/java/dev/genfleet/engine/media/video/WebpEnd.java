package dev.genfleet.engine.media.video;

import dev.genfleet.engine.media.PictureText;
import dev.genfleet.engine.media.WebpContainer;
import dev.genfleet.engine.media.Xmp;
import java.io.ByteArrayOutputStream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;

/** Packets of libwebp, which are whole files, with a packet of XMP. */
final class WebpEnd implements FileEnd {

    private final VideoForm form;
    private final PictureText text;
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    WebpEnd(VideoForm form, PictureText text) {
        this.form = form;
        this.text = text;
    }

    @Override
    public void write(AVPacket packet) {
        byte[] bytes = new byte[packet.size()];
        packet.data().get(bytes);
        file.writeBytes(bytes);
    }

    @Override
    public byte[] finish() throws VideoException {
        try {
            return WebpContainer.withXmp(file.toByteArray(), form.width(), form.height(), Xmp.packet(text));
        } catch (IllegalArgumentException e) {
            throw new VideoException("libwebp wrote what cannot be read: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
