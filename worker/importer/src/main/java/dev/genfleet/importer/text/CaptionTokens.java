package dev.genfleet.importer.text;

import java.util.Objects;

/**
 * How captions become the token ids that a text encoder takes.
 *
 * @param tokenizer path of {@code tokenizer.json}, relative to the package
 * @param tokens length that captions are cut and padded to
 * @param padId token id of padding
 */
public record CaptionTokens(String tokenizer, int tokens, int padId) {
    public CaptionTokens {
        Objects.requireNonNull(tokenizer, "tokenizer");
        if (tokens < 1 || padId < 0) {
            throw new IllegalArgumentException(
                    "captions of " + tokens + " tokens padded with " + padId + " make no sense");
        }
    }
}
