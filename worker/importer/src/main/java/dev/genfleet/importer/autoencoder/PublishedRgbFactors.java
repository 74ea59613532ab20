package dev.genfleet.importer.autoencoder;

import dev.genfleet.model.RgbFactors;
import java.util.List;
import java.util.Optional;

/**
 * Linear fits from scaled latents to colours that others have made and published for the two autoencoders of Stable Diffusion. The idea
 * is from the thread "Decoding latents to RGB without upscaling" on discuss.huggingface.co (2022); the figures are those in
 * {@code latent_formats.py} of ComfyUI. The autoencoders differ in their scaling factors alone, which were measured on their latents.
 */
final class PublishedRgbFactors {

    private static final int CHANNELS = 4;
    private static final List<Integer> WIDTHS =
            AutoencoderShape.stableDiffusion(1).channels();

    private static final RgbFactors STABLE_DIFFUSION = new RgbFactors(
            List.of(
                    List.of(0.3512, 0.2297, 0.3227),
                    List.of(0.3250, 0.4974, 0.2350),
                    List.of(-0.2829, 0.1762, 0.2721),
                    List.of(-0.2120, -0.2616, -0.7177)),
            List.of(0.0, 0.0, 0.0));

    private static final RgbFactors STABLE_DIFFUSION_XL = new RgbFactors(
            List.of(
                    List.of(0.3651, 0.4232, 0.4341),
                    List.of(-0.2533, -0.0042, 0.1068),
                    List.of(0.1076, 0.1111, -0.0362),
                    List.of(-0.3165, -0.2492, -0.2188)),
            List.of(0.1084, -0.0175, -0.0011));

    private PublishedRgbFactors() {}

    /** The factors of an autoencoder, where they are known. */
    static Optional<RgbFactors> of(AutoencoderShape shape) {
        if (shape.latentChannels() != CHANNELS || !shape.channels().equals(WIDTHS)) {
            return Optional.empty();
        }
        if (shape.scalingFactor() == AutoencoderShape.STABLE_DIFFUSION_SCALING) {
            return Optional.of(STABLE_DIFFUSION);
        }
        return shape.scalingFactor() == AutoencoderShape.STABLE_DIFFUSION_XL_SCALING
                ? Optional.of(STABLE_DIFFUSION_XL)
                : Optional.empty();
    }
}
