package dev.genfleet.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Children run in sessions of their own where the system has {@code setsid}: a Ctrl-C in the terminal then reaches the launcher
 * only, which stops them in order, and a closed terminal does not end a stack that shall stay up.
 */
final class Sessions {

    private static final List<String> PREFIX = onPath("setsid").map(List::of).orElse(List.of());

    private Sessions() {}

    static List<String> prefix() {
        return PREFIX;
    }

    /** A program on the {@code PATH}. */
    static java.util.Optional<String> onPath(String program) {
        String path = System.getenv("PATH");
        return path == null
                ? java.util.Optional.empty()
                : Arrays.stream(path.split(File.pathSeparator, -1))
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, program))
                        .filter(Files::isExecutable)
                        .map(Path::toString)
                        .findFirst();
    }
}
