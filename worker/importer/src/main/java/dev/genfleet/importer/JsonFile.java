package dev.genfleet.importer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.genfleet.importer.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the small JSON files that stand beside checkpoints; {@code -Infinity}, which Python writes, counts as a number. */
final class JsonFile {

    /** Longest file that is read; configurations have a few thousand bytes, a thousand label names some 30,000. */
    static final int MAX_BYTES = 4 << 20;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private JsonFile() {}

    /** The parsed file, or a missing node where there is none. */
    static JsonNode read(Path file) throws CheckpointException, IOException {
        if (!Files.isRegularFile(file)) {
            return MissingNode.getInstance();
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new CheckpointException(
                    file + " is " + Files.size(file) + " bytes long, but at most " + MAX_BYTES + " are read");
        }
        try {
            return MAPPER.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new CheckpointException(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
