package dev.genfleet.importer;

import dev.genfleet.importer.autoencoder.AutoencoderShape;
import dev.genfleet.importer.autoencoder.DecoderArchitecture;
import dev.genfleet.importer.autoencoder.PublishedRgbFactors;
import dev.genfleet.importer.family.DenoiserArchitecture;
import dev.genfleet.importer.family.LatentSizes;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.OpenSizes;
import dev.genfleet.model.VideoShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code model.json} of an imported package says.
 *
 * @param request name and pool
 * @param denoiser inputs, sizes, frames
 * @param autoencoder geometry of latents
 * @param parts conditioning, noise schedule, defaults
 */
record PackageManifest(
        ImportRequest request, DenoiserArchitecture denoiser, AutoencoderShape autoencoder, ManifestParts parts) {

    private static final int MAX_IMAGES = 10;
    private static final double MAX_GUIDANCE_SCALE = 20;
    private static final int USUAL_FPS = 4; // GenTron's clips; nothing in published files says another rate

    /** Inputs and output of the denoiser. */
    ModelManifest.Denoiser signature() {
        return denoiser.signature(ModelImporter.DENOISER + PackageDraft.GRAPH);
    }

    /** The manifest over these files. */
    ModelManifest sealed(Map<String, String> files) {
        LatentSizes sizes = denoiser.sizes();
        int cell = autoencoder.downsampling();
        return new ModelManifest(
                        ModelManifest.FORMAT,
                        request.name(),
                        denoiser.family(),
                        request.pool(),
                        "",
                        Map.of(),
                        signature(),
                        parts.noise(),
                        new ModelManifest.Latent(
                                denoiser.channels(),
                                cell,
                                autoencoder.scalingFactor(),
                                PublishedRgbFactors.of(autoencoder),
                                autoencoder.decodesQuickly() ? Optional.of(true) : Optional.empty()),
                        new ModelManifest.LatentDecoder(
                                ModelImporter.DECODER + PackageDraft.GRAPH,
                                DecoderArchitecture.LATENTS,
                                DecoderArchitecture.PIXELS,
                                request.options().decodeTiles().tiling(sizes, cell)),
                        parts.conditioning(),
                        List.of(new ImageSize(sizes.width() * cell, sizes.height() * cell)),
                        sizes.open()
                                ? Optional.of(new OpenSizes(sizes.multiple() * cell, sizes.largest() * cell))
                                : Optional.empty(),
                        denoiser.frames().map(frames -> new VideoShape(frames.usual(), frames.most(), USUAL_FPS)),
                        parts.defaults(),
                        new ModelManifest.Limits(
                                parts.noise().trainSteps(),
                                MAX_IMAGES,
                                MAX_GUIDANCE_SCALE,
                                List.of(SamplerSpec.Scheduler.values())))
                .sealed(files);
    }
}
