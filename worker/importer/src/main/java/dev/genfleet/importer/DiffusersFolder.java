package dev.genfleet.importer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A whole pipeline as diffusers saves it: {@code model_index.json} names the class of each component, and the component lies in
 * the folder of its name.
 *
 * @param folder where {@code model_index.json} lies
 * @param pipeline class of the pipeline, such as {@code PixArtAlphaPipeline}; empty where the index does not say
 * @param classes class by component, of those components whose folder is there
 */
record DiffusersFolder(Path folder, String pipeline, Map<String, String> classes) {

    static final String INDEX = "model_index.json";

    private static final List<String> COMPONENTS =
            List.of("transformer", "vae", "text_encoder", "text_encoder_2", "tokenizer", "tokenizer_2", "scheduler");

    DiffusersFolder {
        classes = Collections.unmodifiableMap(new TreeMap<>(classes));
    }

    /** Whether the folder holds a pipeline. */
    static boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve(INDEX));
    }

    /**
     * Reads the index. Components other than {@code transformer}, {@code vae}, {@code text_encoder}, {@code text_encoder_2},
     * {@code tokenizer}, {@code tokenizer_2} and {@code scheduler} are left out.
     *
     * @throws CheckpointException when there is none, or it is not of this form
     */
    static DiffusersFolder open(Path folder) throws CheckpointException, IOException {
        Path file = folder.resolve(INDEX);
        JsonNode index = JsonFile.read(file);
        if (!index.isObject()) {
            throw new CheckpointException(file + (index.isMissingNode() ? " is missing" : " is no JSON object")
                    + ", but a pipeline's folder has an index of its components");
        }
        Map<String, String> classes = new TreeMap<>();
        for (String component : COMPONENTS) {
            JsonNode listed = index.path(component);
            boolean left =
                    listed.isMissingNode() || listed.isNull() || listed.path(0).isNull();
            if (!left && !listed.path(1).isTextual()) {
                throw new CheckpointException(component + " in " + file
                        + " must be an array of a library and a class, but is " + shown(listed));
            }
            if (!left && Files.isDirectory(folder.resolve(component))) {
                classes.put(component, listed.path(1).textValue());
            }
        }
        return new DiffusersFolder(folder, index.path("_class_name").asText(""), classes);
    }

    /** The component's folder, where the index names it and it is there. */
    Optional<Path> find(String component) {
        return classes.containsKey(component) ? Optional.of(folder.resolve(component)) : Optional.empty();
    }

    /**
     * The weights of a component that is needed.
     *
     * @throws CheckpointException when the pipeline has none, or its folder holds no checkpoint
     */
    CheckpointFolder weights(String component) throws CheckpointException, IOException {
        return CheckpointFolder.locate(need(component));
    }

    /**
     * The folder of a component that is needed.
     *
     * @throws CheckpointException when the pipeline has none
     */
    Path need(String component) throws CheckpointException {
        return find(component)
                .orElseThrow(() -> new CheckpointException(folder + " has no " + component
                        + ", which must be a folder there that " + INDEX + " names; it has "
                        + (classes.isEmpty() ? "no component" : String.join(", ", classes.keySet()))));
    }

    private static String shown(JsonNode node) {
        String text = node.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
