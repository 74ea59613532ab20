package dev.genfleet.importer.tokenizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.importer.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The small files of a tokenizer, none of which is read where it is larger than any published one could be.
 *
 * @param folder where they lie
 */
record TokenizerFolder(Path folder) {

    private static final long MOST_BYTES = 128L << 20;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength((int) MOST_BYTES)
                            .maxNestingDepth(100)
                            .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .build();

    boolean has(String name) {
        return Files.isRegularFile(path(name));
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    byte[] bytes(String name) throws CheckpointException, IOException {
        long size = Files.size(path(name));
        if (size > MOST_BYTES) {
            throw new CheckpointException(
                    path(name) + " is " + size + " bytes long, but a tokenizer has at most " + MOST_BYTES);
        }
        return Files.readAllBytes(path(name));
    }

    ObjectNode object(String name) throws CheckpointException, IOException {
        try {
            JsonNode json = MAPPER.readTree(bytes(name));
            if (json instanceof ObjectNode object) {
                return object;
            }
            throw new CheckpointException(path(name) + " must be a JSON object, but is " + json.getNodeType());
        } catch (JsonProcessingException e) {
            throw new CheckpointException(path(name) + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
