package dev.genfleet.importer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.CheckpointException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Reads {@code labels.json} or a pipeline's {@code id2label}: an array of names, or an object from class number to name. */
final class LabelNames {

    private static final String FILE = "labels.json";

    private LabelNames() {}

    /**
     * Names of {@code classes} classes; their numbers where nothing gives names.
     *
     * @param pipeline labels that a pipeline's index gives, or a missing node
     */
    static List<String> read(CheckpointFolder folder, JsonNode pipeline, int classes)
            throws CheckpointException, IOException {
        JsonNode beside = folder.json(FILE);
        JsonNode labels = beside.isMissingNode() ? pipeline : beside;
        String source = beside.isMissingNode()
                ? "id2label in " + DiffusersFolder.INDEX
                : folder.beside(FILE).toString();
        if (labels.isMissingNode() || labels.isNull()) {
            return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        }
        if (!labels.isContainerNode() || labels.size() != classes) {
            throw new CheckpointException(
                    source + " has " + labels.size() + " names, but the model has " + classes + " classes");
        }
        List<String> names = new ArrayList<>(classes);
        for (int i = 0; i < classes; i++) {
            JsonNode name = labels.isArray() ? labels.path(i) : labels.path(Integer.toString(i));
            if (!name.isTextual() || name.textValue().isBlank()) {
                throw new CheckpointException(source + " has no name for class " + i);
            }
            names.add(name.textValue());
        }
        return names;
    }
}
