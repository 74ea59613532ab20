package dev.genfleet.importer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.autoencoder.AutoencoderShape;
import dev.genfleet.importer.autoencoder.DecoderArchitecture;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.family.Conditioned;
import dev.genfleet.importer.family.DenoiserArchitecture;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.family.LatentSizes;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.OpenSizes;
import dev.genfleet.model.PackageDigest;
import dev.genfleet.model.VideoShape;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Imports a class-conditional DiT and its AutoencoderKL as one model package. The same checkpoints give the same bytes and so the
 * same digest.
 */
public final class ModelImporter {

    private static final String DENOISER = "transformer/";
    private static final String DECODER = "vae_decoder/";
    private static final int USUAL_FPS = 4;
    private static final int MAX_IMAGES = 10;
    private static final double MAX_GUIDANCE_SCALE = 20;

    private ModelImporter() {}

    /**
     * Writes the package.
     *
     * @throws CheckpointException when a checkpoint, or a file beside one, is not what it should be; one sentence says what
     * @throws IOException when files cannot be read or written, or the place is taken; nothing is left behind
     */
    public static ImportSummary run(ImportRequest request) throws CheckpointException, IOException {
        CheckpointFolder denoiserFolder = CheckpointFolder.locate(request.checkpoint());
        CheckpointFolder decoderFolder = CheckpointFolder.locate(request.autoencoder());

        Checkpoint denoiser = Safetensors.open(denoiserFolder.weights());
        JsonNode config = denoiserFolder.json("config.json");
        DenoiserArchitecture architecture =
                DenoiserFamilies.of(denoiser, config, Optional.empty()).read(denoiser, config);
        GraphBuilder denoiserGraph = Emission.graph(architecture, denoiser);

        Checkpoint decoder = Safetensors.open(decoderFolder.weights());
        DecoderArchitecture autoencoder =
                new DecoderArchitecture(AutoencoderShape.of(decoderFolder.json("config.json"), decoder));
        if (autoencoder.shape().latentChannels() != architecture.channels()) {
            throw new CheckpointException(decoder.file() + " decodes latents of "
                    + autoencoder.shape().latentChannels() + " channels, but " + denoiser.file()
                    + " makes latents of " + architecture.channels());
        }
        GraphBuilder decoderGraph = Emission.graph(autoencoder, decoder);

        ManifestParts parts = parts(denoiserFolder, architecture);
        try (PackageDraft draft = PackageDraft.begin(request.out())) {
            draft.write(DENOISER, denoiserGraph, request.placement());
            draft.write(DECODER, decoderGraph, request.placement());
            draft.write("labels.json", PackageJson.write(parts.labels()));
            ModelManifest.Denoiser signature = architecture.signature(DENOISER + PackageDraft.GRAPH);
            draft.write("scheduler/" + SamplingDefaults.SCHEDULER_FILE, PackageJson.write(parts.scheduler(signature)));
            ModelManifest manifest = manifest(
                    request, architecture, autoencoder.shape(), parts, PackageDigest.hashFiles(draft.folder()));
            draft.write(PackageDigest.MANIFEST_FILE, PackageJson.write(manifest));
            draft.publish();
            return new ImportSummary(
                    request.out(),
                    request.name(),
                    architecture.family(),
                    architecture.describe(),
                    manifest.digest(),
                    denoiserGraph.parameters(),
                    decoderGraph.parameters(),
                    draft.graphBytes(),
                    draft.weightBytes(),
                    draft.placement());
        }
    }

    private static ManifestParts parts(CheckpointFolder folder, DenoiserArchitecture architecture)
            throws CheckpointException, IOException {
        return switch (architecture.conditioned()) {
            case Conditioned.OnClasses classes ->
                new ManifestParts(
                        LabelNames.read(folder, classes.count()),
                        SamplingDefaults.noiseSchedule(folder),
                        SamplingDefaults.defaults(
                                folder,
                                classes.nullClass().isPresent()
                                        ? GuidanceSpec.Kind.CFG_THREE_CHANNEL
                                        : GuidanceSpec.Kind.NONE));
            case Conditioned.OnCaptions _ ->
                throw new CheckpointException(architecture.describe() + " needs text encoders, which no option names");
        };
    }

    private static ModelManifest manifest(
            ImportRequest request,
            DenoiserArchitecture architecture,
            AutoencoderShape autoencoder,
            ManifestParts parts,
            Map<String, String> files) {
        LatentSizes sizes = architecture.sizes();
        int cell = autoencoder.downsampling();
        return new ModelManifest(
                ModelManifest.FORMAT,
                request.name(),
                architecture.family(),
                request.pool(),
                PackageDigest.of(files),
                files,
                architecture.signature(DENOISER + PackageDraft.GRAPH),
                parts.noise(),
                new ModelManifest.Latent(architecture.channels(), cell, autoencoder.scalingFactor()),
                new ModelManifest.LatentDecoder(
                        DECODER + PackageDraft.GRAPH, DecoderArchitecture.LATENTS, DecoderArchitecture.PIXELS),
                new ModelConditioning.ClassLabels(parts.labels(), parts.nullClass(architecture)),
                List.of(new ImageSize(sizes.width() * cell, sizes.height() * cell)),
                sizes.open()
                        ? Optional.of(new OpenSizes(sizes.multiple() * cell, sizes.largest() * cell))
                        : Optional.empty(),
                architecture.frames().map(frames -> new VideoShape(frames.usual(), frames.most(), USUAL_FPS)),
                parts.defaults(),
                new ModelManifest.Limits(
                        parts.noise().trainSteps(),
                        MAX_IMAGES,
                        MAX_GUIDANCE_SCALE,
                        List.of(SamplerSpec.Scheduler.values())));
    }
}
