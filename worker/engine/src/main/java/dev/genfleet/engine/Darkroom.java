package dev.genfleet.engine;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.device.DeviceFault;
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
import dev.genfleet.model.LatentShape;
import java.util.Optional;

/**
 * Makes the file of one denoised sample. Frames are decoded and encoded one after the other, each alone, so that the pixels of a
 * single frame are all that is held of a video.
 */
final class Darkroom {

    private final LoadedModel model;
    private final Sample sample;
    private final Device device;
    private final GenerationSpec spec;
    private final LatentShape shape;
    private final PictureText text;

    /**
     * A darkroom for one sample.
     *
     * @param device that may have video encoders of its own
     */
    Darkroom(LoadedModel model, Sample sample, Device device) {
        this.model = model;
        this.sample = sample;
        this.device = device;
        this.spec = sample.generation().spec();
        this.shape = sample.plan().shape();
        this.text = PictureText.of(spec, sample.index());
    }

    /**
     * The picture or video.
     *
     * @throws EngineException when it could not be decoded, is not finite or could not be encoded
     * @throws InterruptedException when the thread was interrupted between two frames
     */
    Picture develop() throws EngineException, InterruptedException {
        Pixels first = frame(0);
        try {
            if (spec.video().isEmpty()) {
                return picture(first, StillFile.encode(spec.outputFormat(), first, text), Optional.empty());
            }
            VideoSpec video = spec.video().get();
            return picture(first, film(first, video), Optional.of(new Reel(video, PngEncoder.encode(first, text))));
        } catch (VideoException e) {
            throw new EngineException(ErrorCode.INTERNAL, name() + " could not be encoded: " + e.getMessage() + ".", e);
        }
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

    private byte[] film(Pixels first, VideoSpec video) throws EngineException, VideoException, InterruptedException {
        VideoForm form = new VideoForm(first.width(), first.height(), video.fps());
        try (VideoWriter writer = new VideoWriter(spec.outputFormat(), form, text, device)) {
            writer.add(first);
            for (int frame = 1; frame < video.numFrames(); frame++) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                writer.add(frame(frame));
            }
            return writer.finish();
        }
    }

    private Pixels frame(int index) throws EngineException {
        Pixels pixels;
        try {
            pixels = model.latentDecoder().decode(scaledLatents(index), shape.frame());
        } catch (DeviceFault e) {
            throw new EngineException(
                    ErrorCode.DENOISER_FAULT, name() + " could not be decoded: " + e.getMessage() + ".", e);
        }
        if (!pixels.finite()) {
            throw new EngineException(ErrorCode.NUMERICAL_FAULT, name() + " has pixels that are not finite numbers.");
        }
        return pixels;
    }

    /** {@code [channels, height, width]} of one frame, divided by the model's scaling factor. */
    private float[] scaledLatents(int frame) {
        float scalingFactor = (float) model.manifest().latent().scalingFactor();
        int cells = shape.height() * shape.width();
        float[] latents = sample.latents();
        float[] scaled = new float[shape.channels() * cells];
        for (int channel = 0; channel < shape.channels(); channel++) {
            int from = (channel * shape.frames() + frame) * cells;
            for (int i = 0; i < cells; i++) {
                scaled[channel * cells + i] = latents[from + i] / scalingFactor;
            }
        }
        return scaled;
    }

    private String name() {
        return nameOf(sample);
    }

    /** What sentences call a sample. */
    static String nameOf(Sample sample) {
        String kind = sample.generation().spec().video().isPresent() ? "Video " : "Picture ";
        return kind + sample.index() + " of job "
                + sample.generation().generation().id();
    }
}
