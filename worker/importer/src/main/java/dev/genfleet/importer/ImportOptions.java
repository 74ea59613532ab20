package dev.genfleet.importer;

import dev.genfleet.importer.precision.GraphForm;
import java.util.Objects;
import java.util.Optional;

/**
 * How to import.
 *
 * @param family the denoiser's family where its keys do not tell
 * @param variant how its architecture differs from what the checkpoint says
 * @param form precision and operators of the denoiser and the text encoders; the latent decoder, which loses most by rounding,
 *     stays in 32-bit floats
 * @param placement how the package comes by the weights
 * @param encoder whether the autoencoder's encoder is written beside its decoder
 * @param decodeTiles whether large latents are decoded in tiles
 */
public record ImportOptions(
        Optional<String> family,
        ArchitectureVariant variant,
        GraphForm form,
        WeightPlacement placement,
        AutoencoderHalves encoder,
        DecodeTiles decodeTiles) {

    /** As the checkpoint says, as graphs are written, weights linked where possible. */
    public static final ImportOptions USUAL = new ImportOptions(
            Optional.empty(),
            ArchitectureVariant.AS_STORED,
            GraphForm.AS_WRITTEN,
            WeightPlacement.LINK,
            AutoencoderHalves.DECODER,
            DecodeTiles.USUAL);

    public ImportOptions {
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(variant, "variant");
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(placement, "placement");
        Objects.requireNonNull(encoder, "encoder");
        Objects.requireNonNull(decodeTiles, "decodeTiles");
    }

    /** These options with another placement. */
    public ImportOptions placing(WeightPlacement other) {
        return new ImportOptions(family, variant, form, other, encoder, decodeTiles);
    }

    /** These options with other tiles. */
    public ImportOptions decoding(DecodeTiles tiles) {
        return new ImportOptions(family, variant, form, placement, encoder, tiles);
    }
}
