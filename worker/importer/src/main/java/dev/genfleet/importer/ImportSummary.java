package dev.genfleet.importer;

import java.nio.file.Path;

/**
 * What an import made.
 *
 * @param folder the package
 * @param name what jobs call the model
 * @param family architecture, such as {@code dit}
 * @param configuration the architecture's dimensions in words, such as {@code DiT-S/2 at latents of 32x32}
 * @param digest identity of the package
 * @param denoiserParameters numbers in the denoiser's weights
 * @param decoderParameters numbers in the latent decoder's weights
 * @param graphBytes size of both graphs
 * @param weightBytes size of both weight files
 * @param placement how the weights came into the package: {@code COPY} also where a link was wished for and not possible
 */
public record ImportSummary(
        Path folder,
        String name,
        String family,
        String configuration,
        String digest,
        long denoiserParameters,
        long decoderParameters,
        long graphBytes,
        long weightBytes,
        WeightPlacement placement) {}
