package dev.genfleet.importer;

import dev.genfleet.importer.autoencoder.AutoencoderShape;
import dev.genfleet.importer.autoencoder.DecoderArchitecture;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.family.DenoiserArchitecture;
import dev.genfleet.importer.family.LatentSizes;
import dev.genfleet.job.ImageSize;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.OpenSizes;
import dev.genfleet.model.RgbFactors;
import dev.genfleet.model.SamplerFit;
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
 * @param colours of latents without decoding, where they are known
 * @param parts conditioning, noise schedule, sampling, defaults
 */
record PackageManifest(
        ImportRequest request,
        DenoiserArchitecture denoiser,
        AutoencoderShape autoencoder,
        Optional<RgbFactors> colours,
        ManifestParts parts) {

    private static final int MAX_IMAGES = 10;
    private static final double MAX_GUIDANCE_SCALE = 20;
    private static final int USUAL_FPS = 4; // GenTron's clips

    /** Inputs and output of the denoiser. */
    ModelManifest.Denoiser signature() {
        return denoiser.signature(ModelImporter.DENOISER + PackageDraft.GRAPH);
    }

    /** The manifest over these files. */
    ModelManifest sealed(Map<String, String> files) {
        return open().sealed(files);
    }

    /**
     * Checks that the package can be sampled as its defaults say.
     *
     * @throws CheckpointException when a file beside the checkpoint says otherwise
     */
    void requireDefaults() throws CheckpointException {
        try {
            ModelManifest manifest = open();
            List<SamplerFit.Objection> objections =
                    SamplerFit.objections(manifest, manifest.defaults().sampler());
            if (!objections.isEmpty()) {
                throw new CheckpointException("the defaults of " + request.name() + " cannot be sampled: "
                        + objections.getFirst().sentence());
            }
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(e.getMessage(), e);
        }
    }

    private ModelManifest open() {
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
                parts.scheduler().noise(),
                parts.scheduler().sampling(),
                new ModelManifest.Latent(
                        denoiser.channels(),
                        cell,
                        autoencoder.scalingFactor(),
                        colours,
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
                denoiser.frames()
                        .map(frames -> new VideoShape(
                                frames.usual(), frames.most(), parts.fps().orElse(USUAL_FPS))),
                parts.defaults(),
                new ModelManifest.Limits(
                        parts.scheduler().noise().trainSteps(),
                        MAX_IMAGES,
                        MAX_GUIDANCE_SCALE,
                        SamplerFit.schedulers(parts.scheduler().noise().predictionType())));
    }
}
