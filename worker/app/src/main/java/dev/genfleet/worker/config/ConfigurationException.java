package dev.genfleet.worker.config;

import java.util.List;

/** The environment does not describe a worker. */
public final class ConfigurationException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    ConfigurationException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence per wrong variable: its name, its value and what is allowed. */
    public List<String> problems() {
        return problems;
    }
}
