package dev.genfleet.worker.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads environment variables and gathers what is wrong with them, so that all of it can be told at once. */
final class Environment {

    private final Map<String, String> variables;
    private final List<String> problems = new ArrayList<>();

    Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** The variable's value, when it is set to anything but blanks. */
    Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /**
     * A variable in its own form; {@code fallback} when it is unset or wrong.
     *
     * @param form reads the text, or throws IllegalArgumentException
     * @param allowed what the text may be, to follow "must be"
     */
    <T> T optional(String name, Function<String, T> form, String allowed, T fallback) {
        return text(name).flatMap(value -> read(name, value, form, allowed)).orElse(fallback);
    }

    /** The same for a variable that must be set. Empty only when there is a problem. */
    <T> Optional<T> required(String name, Function<String, T> form, String allowed) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            problems.add(name + " is not set, but must be " + allowed + ".");
        }
        return value.flatMap(given -> read(name, given, form, allowed));
    }

    /**
     * Ends the reading.
     *
     * @throws ConfigurationException when anything was wrong
     */
    void check() throws ConfigurationException {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    private <T> Optional<T> read(String name, String value, Function<String, T> form, String allowed) {
        try {
            return Optional.of(form.apply(value));
        } catch (IllegalArgumentException e) {
            problems.add(name + " is '" + value + "', but must be " + allowed + ".");
            return Optional.empty();
        }
    }
}
