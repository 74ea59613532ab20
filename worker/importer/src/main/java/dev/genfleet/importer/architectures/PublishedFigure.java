package dev.genfleet.importer.architectures;

import java.util.Objects;
import java.util.Optional;

/**
 * What a paper says of a model's size, as printed there, or what its published checkpoint holds.
 *
 * @param model such as {@code DiT-XL/2}
 * @param parametersMillions such as {@code 675}; empty where the source gives none
 * @param gigaMacs of one forward of one sample, such as {@code 118.64}; papers call them Gflops. Empty where there are none
 * @param source paper and place in it, or the checkpoint
 */
public record PublishedFigure(
        String model, Optional<String> parametersMillions, Optional<String> gigaMacs, String source) {

    public PublishedFigure {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(parametersMillions, "parametersMillions");
        Objects.requireNonNull(gigaMacs, "gigaMacs");
        Objects.requireNonNull(source, "source");
        parametersMillions.ifPresent(Double::parseDouble);
        gigaMacs.ifPresent(Double::parseDouble);
    }
}
