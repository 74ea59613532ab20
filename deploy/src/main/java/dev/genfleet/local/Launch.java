package dev.genfleet.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How to start one child process.
 *
 * @param part its name: {@code kafka}, {@code worker-1}
 * @param command program and arguments
 * @param environment variables beside the inherited ones
 * @param log where its output goes
 */
record Launch(String part, List<String> command, Map<String, String> environment, Path log) {
    Launch {
        Objects.requireNonNull(part, "part");
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        Objects.requireNonNull(log, "log");
    }
}
