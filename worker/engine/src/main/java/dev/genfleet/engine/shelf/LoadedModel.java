package dev.genfleet.engine.shelf;

import dev.genfleet.engine.device.Denoiser;
import dev.genfleet.engine.device.LatentDecoder;
import dev.genfleet.engine.text.CaptionEncoder;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.VideoShape;
import java.util.Optional;

/**
 * A model on the device.
 *
 * @param manifest what it takes
 * @param denoiser used by the engine's thread only
 * @param latentDecoder used by the decode threads
 * @param captionEncoder used by the text thread only; of models that are conditioned on captions
 */
public record LoadedModel(
        ModelManifest manifest, Denoiser denoiser, LatentDecoder latentDecoder, Optional<CaptionEncoder> captionEncoder)
        implements AutoCloseable {

    /** Shape of the latents of jobs that ask for no size and no number of frames. */
    public LatentShape usualShape() {
        int frames = manifest.video().map(VideoShape::frames).orElse(1);
        return manifest.latentShape(manifest.sizes().getFirst(), frames);
    }

    @Override
    public void close() {
        denoiser.close();
        latentDecoder.close();
        captionEncoder.ifPresent(CaptionEncoder::close);
    }
}
