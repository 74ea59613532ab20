package dev.genfleet.engine;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.device.Pixels;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.media.PictureText;
import dev.genfleet.engine.media.PngEncoder;
import dev.genfleet.engine.media.video.VideoException;
import dev.genfleet.engine.media.video.VideoForm;
import dev.genfleet.engine.media.video.VideoWriter;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.VideoSpec;
import java.util.Optional;

/**
 * Makes the file of one denoised sample of its frames, which are encoded as they come, so that the pixels of a single frame are all
 * that is held of a video. Owned by one thread.
 */
final class Darkroom implements AutoCloseable {

    private final Sample sample;
    private final Device device;
    private final GenerationSpec spec;
    private final PictureText text;
    private Optional<byte[]> poster = Optional.empty();
    private Optional<VideoWriter> film = Optional.empty();
    private int frames;

    /**
     * A darkroom for one sample.
     *
     * @param device that may have video encoders of its own
     */
    Darkroom(Sample sample, Device device) {
        this.sample = sample;
        this.device = device;
        this.spec = sample.generation().spec();
        this.text = PictureText.of(spec, sample.index());
    }

    /**
     * Adds the next frame.
     *
     * @return the picture or video, of the last frame
     * @throws EngineException when the frame is not finite or could not be encoded
     */
    Optional<Picture> add(Pixels pixels) throws EngineException {
        if (!pixels.finite()) {
            throw new EngineException(
                    ErrorCode.NUMERICAL_FAULT, nameOf(sample) + " has pixels that are not finite numbers.");
        }
        try {
            if (spec.video().isEmpty()) {
                byte[] file = StillFile.encode(spec.outputFormat(), pixels, text);
                return Optional.of(picture(pixels, file, Optional.empty()));
            }
            return addTo(spec.video().get(), pixels);
        } catch (VideoException e) {
            throw new EngineException(
                    ErrorCode.INTERNAL, nameOf(sample) + " could not be encoded: " + e.getMessage() + ".", e);
        }
    }

    private Optional<Picture> addTo(VideoSpec video, Pixels pixels) throws VideoException {
        if (film.isEmpty()) {
            poster = Optional.of(PngEncoder.encode(pixels, text));
            VideoForm form = new VideoForm(pixels.width(), pixels.height(), video.fps());
            film = Optional.of(new VideoWriter(spec.outputFormat(), form, text, device));
        }
        film.get().add(pixels);
        frames++;
        if (frames < video.numFrames()) {
            return Optional.empty();
        }
        return Optional.of(picture(pixels, film.get().finish(), Optional.of(new Reel(video, poster.orElseThrow()))));
    }

    private Picture picture(Pixels pixels, byte[] file, Optional<Reel> reel) {
        return new Picture(
                sample.index(),
                spec.seedOf(sample.index()),
                pixels.width(),
                pixels.height(),
                spec.outputFormat(),
                file,
                reel);
    }

    /** Lets go of a video under way. */
    @Override
    public void close() {
        film.ifPresent(VideoWriter::close);
        film = Optional.empty();
    }

    /** What sentences call a sample. */
    static String nameOf(Sample sample) {
        String kind = sample.generation().spec().video().isPresent() ? "Video " : "Picture ";
        return kind + sample.index() + " of job "
                + sample.generation().generation().id();
    }
}
