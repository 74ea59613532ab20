package dev.genfleet.importer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.genfleet.importer.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A weights file and the JSON files beside it.
 *
 * @param weights the {@code .safetensors} file
 */
record CheckpointFolder(Path weights) {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String EXTENSION = ".safetensors";
    private static final List<String> USUAL_NAMES = List.of("diffusion_pytorch_model" + EXTENSION, "model" + EXTENSION);

    static CheckpointFolder locate(Path given) throws CheckpointException, IOException {
        if (Files.isRegularFile(given)) {
            if (!given.toString().endsWith(EXTENSION)) {
                throw new CheckpointException(given + " is not a " + EXTENSION + " file, the only form that is read");
            }
            return new CheckpointFolder(given);
        }
        if (!Files.isDirectory(given)) {
            throw new CheckpointException(given + " is neither a " + EXTENSION + " file nor a folder that holds one");
        }
        for (String usual : USUAL_NAMES) {
            if (Files.isRegularFile(given.resolve(usual))) {
                return new CheckpointFolder(given.resolve(usual));
            }
        }
        try (Stream<Path> files = Files.list(given)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(EXTENSION))
                    .sorted()
                    .toList();
            if (found.size() != 1) {
                throw new CheckpointException(given + " holds " + found.size() + " " + EXTENSION
                        + " files, but must hold one, or one named " + String.join(" or ", USUAL_NAMES));
            }
            return new CheckpointFolder(found.getFirst());
        }
    }

    /** The parsed file of that name beside the weights, or a missing node where there is none. */
    JsonNode json(String name) throws CheckpointException, IOException {
        Path file = beside(name);
        if (!Files.isRegularFile(file)) {
            return MissingNode.getInstance();
        }
        try {
            return MAPPER.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new CheckpointException(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    Path beside(String name) {
        return weights.resolveSibling(name);
    }
}
