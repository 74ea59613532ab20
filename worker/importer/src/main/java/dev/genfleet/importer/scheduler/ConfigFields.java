package dev.genfleet.importer.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.CheckpointException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Typed fields of one configuration; null means absent, as in diffusers. */
final class ConfigFields {

    /** Read by nobody: without effect where what they belong to is off, or of classes that are not known. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("dynamic_thresholding_ratio", "sample_max_value", "skip_prk_steps");

    private final JsonNode config;
    private final Path file;
    private final Set<String> asked = new HashSet<>(WITHOUT_EFFECT);

    ConfigFields(JsonNode config, Path file) {
        this.config = config;
        this.file = file;
    }

    Path file() {
        return file;
    }

    boolean has(String field) {
        asked.add(field);
        return config.hasNonNull(field);
    }

    /** As text, numbers and booleans too. */
    Optional<String> text(String field) {
        return has(field) ? Optional.of(config.get(field).asText()) : Optional.empty();
    }

    /** One of some names. */
    Optional<String> oneOf(String field, List<String> known) throws CheckpointException {
        Optional<String> given = text(field);
        if (given.filter(name -> !known.contains(name)).isPresent()) {
            throw refused(field, given.get(), String.join(", ", known) + " are known");
        }
        return given;
    }

    Optional<Boolean> flag(String field) throws CheckpointException {
        if (has(field) && !config.get(field).isBoolean()) {
            throw refused(field, config.get(field).asText(), "true and false are known");
        }
        return has(field) ? Optional.of(config.get(field).asBoolean()) : Optional.empty();
    }

    Optional<Integer> whole(String field) throws CheckpointException {
        if (has(field) && !config.get(field).canConvertToInt()) {
            throw refused(field, config.get(field).asText(), "whole numbers are known");
        }
        return has(field) ? Optional.of(config.get(field).asInt()) : Optional.empty();
    }

    Optional<Double> number(String field) throws CheckpointException {
        if (has(field) && !config.get(field).isNumber()) {
            throw refused(field, config.get(field).asText(), "numbers are known");
        }
        return has(field) ? Optional.of(config.get(field).asDouble()) : Optional.empty();
    }

    /** Numbers; empty where absent. */
    List<Double> numbers(String field) throws CheckpointException {
        List<Double> numbers = new ArrayList<>();
        if (has(field)) {
            for (JsonNode entry : config.get(field)) {
                numbers.add(entry.asDouble());
            }
            if (numbers.isEmpty() && !config.get(field).isArray()) {
                throw refused(field, config.get(field).asText(), "lists are known");
            }
        }
        return numbers;
    }

    CheckpointException refused(String field, String given, String known) {
        return new CheckpointException(file + " has " + field + " '" + given + "', but only " + known);
    }

    /** A sentence for each field that nobody asked for. */
    List<String> unknown() {
        List<String> sentences = new ArrayList<>();
        config.fieldNames().forEachRemaining(field -> {
            if (!field.startsWith("_")
                    && !asked.contains(field)
                    && !config.get(field).isNull()) {
                sentences.add(file + " has " + field + " '" + config.get(field).asText()
                        + "', which is not known and was ignored");
            }
        });
        return sentences;
    }
}
