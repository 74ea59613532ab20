package dev.genfleet.importer.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.importer.checkpoint.CheckpointException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the files beside a tokenizer say about its special tokens.
 *
 * @param files content of those that are there, the first to be asked first
 */
record TokenizerSettings(List<ObjectNode> files) {

    static final List<String> FILES = List.of("tokenizer_config.json", "special_tokens_map.json");

    TokenizerSettings {
        files = List.copyOf(files);
    }

    static TokenizerSettings read(TokenizerFolder folder) throws CheckpointException, IOException {
        List<ObjectNode> found = new ArrayList<>();
        for (String name : FILES) {
            if (folder.has(name)) {
                found.add(folder.object(name));
            }
        }
        return new TokenizerSettings(found);
    }

    /** The text of padding. */
    Optional<String> padding() {
        return token("pad_token");
    }

    /** The text of a special token, given as such or as an object. */
    Optional<String> token(String role) {
        JsonNode given = field(role);
        JsonNode text = given.isObject() ? given.path("content") : given;
        return text.isTextual() ? Optional.of(text.textValue()) : Optional.empty();
    }

    /** A field of the first file that has it, or a missing node. */
    JsonNode field(String name) {
        return files.stream()
                .filter(file -> file.hasNonNull(name))
                .map(file -> file.get(name))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }
}
