package dev.genfleet.bench;

import dev.genfleet.local.StackFolder;
import dev.genfleet.local.TemporaryFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a benchmark keeps what it makes. */
final class KeptFolder {

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Keeps what is made there for the next time; without it, a temporary folder is used.")
    private Optional<Path> kept = Optional.empty();

    /** Does {@code work} in that folder, or in one that is gone afterwards. */
    void use(Work work) throws Exception {
        if (kept.isPresent()) {
            work.in(Files.createDirectories(kept.get()));
            return;
        }
        StackFolder temporary = TemporaryFolder.create();
        try {
            work.in(temporary.root());
        } finally {
            TemporaryFolder.delete(temporary);
        }
    }

    /** What is done in a folder. */
    @FunctionalInterface
    interface Work {
        void in(Path folder) throws Exception;
    }
}
