package dev.genfleet.engine;

import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.LatentDecoder;
import dev.genfleet.engine.device.Pixels;
import dev.genfleet.engine.media.PixelBytes;
import dev.genfleet.engine.shelf.LoadedModel;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelManifest.Latent;
import dev.genfleet.model.RgbFactors;
import java.util.List;
import java.util.Optional;

/** How latents of a model become colours quickly. */
sealed interface PreviewForm {

    /**
     * The colours of one frame.
     *
     * @param step the preview's
     * @param latents {@code [channels, height, width]} flat, as the denoiser knows them
     * @param shape of one frame
     * @throws DeviceFault when the device could not decode it
     */
    Preview of(int step, float[] latents, LatentShape shape) throws DeviceFault;

    /** The form of a model's previews, decoded where that is quick; empty where it has none. */
    static Optional<PreviewForm> of(LoadedModel model) {
        Latent latent = model.manifest().latent();
        return latent.quickDecoding().orElse(false)
                ? Optional.of(new Decoded(model.latentDecoder(), (float) latent.scalingFactor()))
                : latent.rgbFactors().map(Linear::new);
    }

    /** One pixel for each latent cell, by a linear map. */
    record Linear(RgbFactors factors) implements PreviewForm {

        @Override
        public Preview of(int step, float[] latents, LatentShape shape) {
            int cells = shape.cells();
            float[] cell = new float[shape.channels()];
            byte[] rgb = new byte[3 * cells];
            for (int i = 0; i < cells; i++) {
                for (int channel = 0; channel < cell.length; channel++) {
                    cell[channel] = latents[channel * cells + i];
                }
                for (int colour = 0; colour < 3; colour++) {
                    rgb[3 * i + colour] = PixelBytes.of(factors.colour(colour, cell));
                }
            }
            return new Preview(step, shape.width(), shape.height(), rgb);
        }
    }

    /** The picture itself, by a decoder that the package says is quick. */
    record Decoded(LatentDecoder decoder, float scalingFactor) implements PreviewForm {

        @Override
        public Preview of(int step, float[] latents, LatentShape shape) throws DeviceFault {
            float[] scaled = new float[latents.length];
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] = latents[i] / scalingFactor;
            }
            Pixels pixels = decoder.decode(List.of(scaled), shape).getFirst();
            byte[] rgb = new byte[3 * pixels.width() * pixels.height()];
            int at = 0;
            for (int y = 0; y < pixels.height(); y++) {
                for (int x = 0; x < pixels.width(); x++) {
                    for (int plane = 0; plane < 3; plane++) {
                        rgb[at++] = PixelBytes.of(pixels.at(plane, x, y));
                    }
                }
            }
            return new Preview(step, pixels.width(), pixels.height(), rgb);
        }
    }
}
