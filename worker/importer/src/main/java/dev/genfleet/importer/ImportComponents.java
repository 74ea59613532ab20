package dev.genfleet.importer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a model, found.
 *
 * @param denoiser the denoiser's weights and what lies beside them
 * @param autoencoder the autoencoder's weights and configuration
 * @param texts text encoders with their tokenizers, in the order found
 * @param scheduler {@code scheduler_config.json}, which need not be there
 * @param labels names of classes where the pipeline tells them, else a missing node
 */
record ImportComponents(
        CheckpointFolder denoiser,
        CheckpointFolder autoencoder,
        List<TextComponent> texts,
        Path scheduler,
        JsonNode labels) {

    private static final List<String> SUFFIXES = List.of("", "_2");

    ImportComponents {
        texts = List.copyOf(texts);
    }

    static ImportComponents find(ImportSources sources) throws CheckpointException, IOException {
        Optional<DiffusersFolder> pipeline = DiffusersFolder.is(sources.checkpoint())
                ? Optional.of(DiffusersFolder.open(sources.checkpoint()))
                : Optional.empty();
        CheckpointFolder denoiser = pipeline.isPresent()
                ? pipeline.get().weights("transformer")
                : CheckpointFolder.locate(sources.checkpoint());
        return new ImportComponents(
                denoiser,
                autoencoder(sources, pipeline),
                texts(sources, pipeline, denoiser),
                pipeline.flatMap(whole -> whole.find("scheduler"))
                        .map(folder -> folder.resolve(SamplingDefaults.SCHEDULER_FILE))
                        .orElse(denoiser.beside(SamplingDefaults.SCHEDULER_FILE)),
                JsonFile.read(sources.checkpoint().resolve(DiffusersFolder.INDEX))
                        .path("id2label"));
    }

    private static CheckpointFolder autoencoder(ImportSources sources, Optional<DiffusersFolder> pipeline)
            throws CheckpointException, IOException {
        if (sources.autoencoder().isPresent()) {
            return CheckpointFolder.locate(sources.autoencoder().get());
        }
        if (pipeline.isPresent()) {
            return pipeline.get().weights("vae");
        }
        throw new CheckpointException(
                sources.checkpoint() + " is a denoiser alone, so an autoencoder must be named beside it (--vae)");
    }

    /** Those that are named; else the pipeline's, or those that lie beside loose weights under a pipeline's names. */
    private static List<TextComponent> texts(
            ImportSources sources, Optional<DiffusersFolder> pipeline, CheckpointFolder denoiser)
            throws CheckpointException, IOException {
        if (!sources.textEncoders().isEmpty()) {
            return texts(sources);
        }
        return pipeline.isPresent() ? texts(pipeline.get()) : texts(denoiser);
    }

    private static List<TextComponent> texts(CheckpointFolder denoiser) throws CheckpointException, IOException {
        List<TextComponent> texts = new ArrayList<>();
        for (String suffix : SUFFIXES) {
            Path encoder = denoiser.beside("text_encoder" + suffix);
            if (Files.isDirectory(encoder)) {
                Path tokenizer = denoiser.beside("tokenizer" + suffix);
                texts.add(new TextComponent(
                        CheckpointFolder.locate(encoder), Files.isDirectory(tokenizer) ? tokenizer : encoder));
            }
        }
        return texts;
    }

    private static List<TextComponent> texts(DiffusersFolder pipeline) throws CheckpointException, IOException {
        List<TextComponent> texts = new ArrayList<>();
        for (String suffix : SUFFIXES) {
            if (pipeline.find("text_encoder" + suffix).isPresent()) {
                texts.add(new TextComponent(
                        pipeline.weights("text_encoder" + suffix), pipeline.need("tokenizer" + suffix)));
            }
        }
        return texts;
    }

    private static List<TextComponent> texts(ImportSources sources) throws CheckpointException, IOException {
        List<TextComponent> texts = new ArrayList<>();
        for (int i = 0; i < sources.textEncoders().size(); i++) {
            CheckpointFolder encoder =
                    CheckpointFolder.locate(sources.textEncoders().get(i));
            texts.add(new TextComponent(
                    encoder,
                    i < sources.tokenizers().size()
                            ? sources.tokenizers().get(i)
                            : encoder.weights().toAbsolutePath().getParent()));
        }
        return texts;
    }

    /**
     * A text encoder with its tokenizer.
     *
     * @param encoder weights and configuration
     * @param tokenizer folder
     */
    record TextComponent(CheckpointFolder encoder, Path tokenizer) {}
}
