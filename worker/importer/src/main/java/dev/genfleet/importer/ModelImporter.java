package dev.genfleet.importer;

import dev.genfleet.importer.autoencoder.DecoderFamily;
import dev.genfleet.importer.autoencoder.DecoderShape;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.dit.DitFamily;
import dev.genfleet.importer.dit.DitShape;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.PackageDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * Imports a class-conditional DiT and its AutoencoderKL as one model package. The same checkpoints give the same bytes and so the
 * same digest.
 */
public final class ModelImporter {

    private static final String WEIGHTS = "model.safetensors";
    private static final String DENOISER = "transformer/";
    private static final String DECODER = "vae_decoder/";
    private static final String GRAPH = "model.onnx";
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

        Checkpoint denoiser = oneFile(denoiserFolder);
        DitShape dit = DitFamily.shape(denoiser, denoiserFolder.json("config.json"));
        GraphBuilder denoiserGraph = new GraphBuilder(DitFamily.NAME, WEIGHTS);
        DitFamily.build(denoiser, dit, denoiserGraph);

        Checkpoint decoder = oneFile(decoderFolder);
        DecoderShape autoencoder = DecoderFamily.shape(decoder, decoderFolder.json("config.json"));
        if (autoencoder.latentChannels() != dit.channels()) {
            throw new CheckpointException(decoder.file() + " decodes latents of " + autoencoder.latentChannels()
                    + " channels, but " + denoiser.file() + " makes latents of " + dit.channels());
        }
        GraphBuilder decoderGraph = new GraphBuilder("vae_decoder", WEIGHTS);
        DecoderFamily.build(decoder, autoencoder, decoderGraph);

        ManifestParts parts = parts(denoiserFolder, dit);
        byte[] denoiserBytes = denoiserGraph.toBytes();
        byte[] decoderBytes = decoderGraph.toBytes();
        try (PackageDraft draft = PackageDraft.begin(request.out())) {
            draft.write(DENOISER + GRAPH, denoiserBytes);
            draft.write(DECODER + GRAPH, decoderBytes);
            WeightPlacement placed = draft.place(denoiserFolder.weights(), DENOISER + WEIGHTS, request.placement());
            if (draft.place(decoderFolder.weights(), DECODER + WEIGHTS, request.placement()) == WeightPlacement.COPY) {
                placed = WeightPlacement.COPY;
            }
            draft.write("labels.json", PackageJson.write(parts.labels()));
            draft.write("scheduler/" + SamplingDefaults.SCHEDULER_FILE, PackageJson.write(parts.scheduler(dit)));
            ModelManifest manifest =
                    manifest(request, dit, autoencoder, parts, PackageDigest.hashFiles(draft.folder()));
            draft.write(PackageDigest.MANIFEST_FILE, PackageJson.write(manifest));
            draft.publish();
            return new ImportSummary(
                    request.out(),
                    request.name(),
                    DitFamily.NAME,
                    dit.describe(),
                    manifest.digest(),
                    denoiserGraph.parameters(),
                    decoderGraph.parameters(),
                    (long) denoiserBytes.length + decoderBytes.length,
                    Files.size(denoiserFolder.weights()) + Files.size(decoderFolder.weights()),
                    placed);
        }
    }

    /** Graphs refer to one file of weights. */
    private static Checkpoint oneFile(CheckpointFolder folder) throws CheckpointException, IOException {
        Checkpoint checkpoint = folder.open();
        if (!checkpoint.files().stream().allMatch(folder.weights()::equals)) {
            throw new CheckpointException(checkpoint.file() + " has its weights in "
                    + checkpoint.files().size() + " files, but must have them in one");
        }
        return checkpoint;
    }

    private static ManifestParts parts(CheckpointFolder folder, DitShape dit) throws CheckpointException, IOException {
        return new ManifestParts(
                LabelNames.read(folder, dit.classes()),
                SamplingDefaults.noiseSchedule(folder),
                SamplingDefaults.defaults(
                        folder,
                        dit.nullClass().isPresent() ? GuidanceSpec.Kind.CFG_THREE_CHANNEL : GuidanceSpec.Kind.NONE));
    }

    private static ModelManifest manifest(
            ImportRequest request,
            DitShape dit,
            DecoderShape autoencoder,
            ManifestParts parts,
            Map<String, String> files) {
        int side = dit.side() * autoencoder.downsampling();
        return new ModelManifest(
                ModelManifest.FORMAT,
                request.name(),
                DitFamily.NAME,
                request.pool(),
                PackageDigest.of(files),
                files,
                new ModelManifest.Denoiser(
                        DENOISER + GRAPH,
                        DitFamily.LATENTS,
                        DitFamily.TIMESTEPS,
                        DitFamily.CLASS_LABELS,
                        DitFamily.PREDICTION,
                        dit.learnedSigma()),
                parts.noise(),
                new ModelManifest.Latent(dit.channels(), autoencoder.downsampling(), autoencoder.scalingFactor()),
                new ModelManifest.LatentDecoder(DECODER + GRAPH, DecoderFamily.LATENTS, DecoderFamily.PIXELS),
                new ModelManifest.ClassLabels(parts.labels(), dit.nullClass()),
                List.of(new ImageSize(side, side)),
                parts.defaults(),
                new ModelManifest.Limits(
                        parts.noise().trainSteps(),
                        MAX_IMAGES,
                        MAX_GUIDANCE_SCALE,
                        List.of(SamplerSpec.Scheduler.values())));
    }
}
