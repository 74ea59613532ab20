package dev.genfleet.importer;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the parts of a model lie. A diffusers pipeline holds them all; what is named here beside it takes its part's place.
 *
 * @param checkpoint the denoiser: a checkpoint file, a folder that holds one, or a whole pipeline with {@code model_index.json};
 *     {@code config.json}, {@code labels.json}, {@code scheduler_config.json} and {@code generation_config.json} are read where
 *     they lie beside the denoiser's weights
 * @param autoencoder the AutoencoderKL, a file or folder; needed unless {@code checkpoint} is a pipeline
 * @param textEncoders CLIP text and T5 encoders, files or folders, in any order; those of caption models. Where none is named, a
 *     pipeline's own, or what lies in {@code text_encoder/} and {@code tokenizer/} beside the denoiser's weights
 * @param tokenizers folder of each text encoder's tokenizer, in that order; where left out, the encoder's own folder
 */
public record ImportSources(
        Path checkpoint, Optional<Path> autoencoder, List<Path> textEncoders, List<Path> tokenizers) {

    public ImportSources {
        Objects.requireNonNull(checkpoint, "checkpoint");
        Objects.requireNonNull(autoencoder, "autoencoder");
        textEncoders = List.copyOf(textEncoders);
        tokenizers = List.copyOf(tokenizers);
        if (tokenizers.size() > textEncoders.size()) {
            throw new IllegalArgumentException("there are " + tokenizers.size() + " tokenizers for "
                    + textEncoders.size() + " text encoders, but each belongs to one");
        }
    }

    /** A denoiser without captions and its autoencoder. */
    public static ImportSources of(Path checkpoint, Path autoencoder) {
        return new ImportSources(checkpoint, Optional.of(autoencoder), List.of(), List.of());
    }
}
