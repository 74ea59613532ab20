package dev.genfleet.importer.tokenizer;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A tokenizer as a package holds it.
 *
 * @param json content of {@code tokenizer.json}, which neither cuts nor pads
 * @param padId token id of padding
 * @param vocabulary one more than the largest token id
 * @param longest most tokens that its text encoder was trained for, where its configuration tells
 */
public record TokenizerJson(ObjectNode json, int padId, int vocabulary, OptionalInt longest) {

    public TokenizerJson {
        json = Objects.requireNonNull(json, "json").deepCopy();
        Objects.requireNonNull(longest, "longest");
        if (padId < 0 || padId >= vocabulary) {
            throw new IllegalArgumentException(
                    "padding of id " + padId + " is not in a vocabulary of " + vocabulary + " tokens");
        }
    }

    /** Writes {@code tokenizer.json}. */
    public void write(Path file) throws IOException {
        Files.write(file, new JsonMapper().writeValueAsBytes(json));
    }
}
