package dev.genfleet.importer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.autoencoder.AutoencoderShape;
import dev.genfleet.importer.autoencoder.DecoderArchitecture;
import dev.genfleet.importer.autoencoder.EncoderArchitecture;
import dev.genfleet.importer.autoencoder.LatentColours;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.family.Architecture;
import dev.genfleet.importer.family.Conditioned;
import dev.genfleet.importer.family.DenoiserArchitecture;
import dev.genfleet.importer.plain.GraphRunner;
import dev.genfleet.importer.precision.GraphForm;
import dev.genfleet.model.PackageDigest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Imports a denoiser, its autoencoder and its text encoders as one model package. The same checkpoints and options give the same
 * bytes and so the same digest.
 */
public final class ModelImporter {

    static final String DENOISER = "transformer/";
    static final String DECODER = "vae_decoder/";
    private static final String ENCODER = "vae_encoder/";

    private final ImportRequest request;
    private final ImportComponents components;
    private final ImportListener listener;
    private final PartWriter writer;
    private final WeightReading reading;

    private ModelImporter(
            ImportRequest request,
            ImportComponents components,
            ImportListener listener,
            Optional<GraphRunner> checking) {
        this.request = request;
        this.components = components;
        this.writer = new PartWriter(request.options().placement(), checking);
        this.listener = listener;
        this.reading = new WeightReading(listener);
    }

    /** Writes the package with nobody listening, see {@link #run(ImportRequest, ImportListener)}. */
    public static ImportSummary run(ImportRequest request) throws CheckpointException, IOException {
        return run(request, ImportListener.NONE);
    }

    /**
     * Writes the package.
     *
     * @throws CheckpointException when a checkpoint, or a file beside one, is not what it should be; one sentence says what
     * @throws IOException when files cannot be read or written, or the place is taken; nothing is left behind
     */
    public static ImportSummary run(ImportRequest request, ImportListener listener)
            throws CheckpointException, IOException {
        return new ModelImporter(request, ImportComponents.find(request.sources()), listener, Optional.empty()).write();
    }

    /**
     * Writes the package and compares every graph with a plain reading of its checkpoint, on random input. Differences are
     * reported, whatever they are.
     *
     * @param runner runs the graphs
     * @throws CheckpointException as {@link #run(ImportRequest, ImportListener)}
     * @throws IOException likewise, and when a graph cannot be run
     */
    public static ImportSummary check(ImportRequest request, ImportListener listener, GraphRunner runner)
            throws CheckpointException, IOException {
        return new ModelImporter(request, ImportComponents.find(request.sources()), listener, Optional.of(runner))
                .write();
    }

    /**
     * The denoiser that a request names, with the variant that it asks for; nothing is written.
     *
     * @throws CheckpointException when the checkpoint is of no known family, or its dimensions do not fit together
     */
    public static DenoiserArchitecture denoiser(ImportRequest request) throws CheckpointException, IOException {
        CheckpointFolder folder = ImportComponents.find(request.sources()).denoiser();
        return denoiser(request, folder.open(), folder.json("config.json"));
    }

    private static DenoiserArchitecture denoiser(ImportRequest request, Checkpoint checkpoint, JsonNode config)
            throws CheckpointException {
        return request.options()
                .variant()
                .of(DenoiserFamilies.of(checkpoint, config, request.options().family())
                        .read(checkpoint, config));
    }

    private ImportSummary write() throws CheckpointException, IOException {
        Checkpoint denoiser = components.denoiser().open();
        DenoiserArchitecture architecture =
                denoiser(request, denoiser, components.denoiser().json("config.json"));
        Checkpoint autoencoder = components.autoencoder().open();
        JsonNode autoencoderConfig = components.autoencoder().json("config.json");
        AutoencoderShape shape = AutoencoderShape.of(autoencoderConfig, autoencoder);
        if (shape.latentChannels() != architecture.channels()) {
            throw new CheckpointException(autoencoder.file() + " decodes latents of " + shape.latentChannels()
                    + " channels, but " + denoiser.file() + " makes latents of " + architecture.channels());
        }
        List<TextPart> texts = architecture.conditioned() instanceof Conditioned.OnCaptions captions
                ? TextPart.match(captions, components.texts())
                : List.of();
        ManifestParts parts = ManifestParts.of(
                components, architecture, request.options().variant().motion(), texts);
        PackageManifest manifest = new PackageManifest(
                request, architecture, shape, LatentColours.of(autoencoderConfig, autoencoder, shape), parts);
        manifest.requireDefaults();
        parts.scheduler().warnings().forEach(reading::warn);
        GraphForm form = request.options().form();
        try (PackageDraft draft = PackageDraft.begin(request.out())) {
            List<ImportSummary.Part> written = new ArrayList<>();
            written.add(write(draft, DENOISER, architecture, denoiser, form));
            for (TextPart text : texts) {
                written.add(write(draft, text.folder(), text.encoder(), text.checkpoint(), form));
                text.tokenizer().write(draft.make(text.tokenizerFile()));
            }
            if (request.options().encoder() == AutoencoderHalves.BOTH) {
                written.add(write(draft, ENCODER, new EncoderArchitecture(shape), autoencoder, GraphForm.AS_WRITTEN));
            }
            written.add(write(draft, DECODER, new DecoderArchitecture(shape), autoencoder, GraphForm.AS_WRITTEN));
            if (parts.labels().isPresent()) {
                draft.write("labels.json", PackageJson.write(parts.labels().get()));
            }
            draft.write(
                    "scheduler/" + SamplingDefaults.SCHEDULER_FILE,
                    PackageJson.write(
                            SchedulerFile.of(components.scheduler(), parts.scheduler(), manifest.signature())));
            var sealed = manifest.sealed(reading.hashAndScan(draft.folder()));
            draft.write(PackageDigest.MANIFEST_FILE, PackageJson.write(sealed));
            draft.publish();
            return new ImportSummary(
                    request.out(),
                    sealed,
                    architecture.describe(),
                    form.precision().wireName(),
                    written,
                    writer.placement(),
                    reading.warnings());
        }
    }

    /** One part; its checkpoint is remembered for the search for weights that are no numbers. */
    private ImportSummary.Part write(
            PackageDraft draft, String folder, Architecture architecture, Checkpoint checkpoint, GraphForm form)
            throws CheckpointException, IOException {
        reading.add(checkpoint);
        listener.began("writing " + folder.substring(0, folder.length() - 1));
        return writer.write(draft, folder, architecture, checkpoint, form, reading);
    }
}
