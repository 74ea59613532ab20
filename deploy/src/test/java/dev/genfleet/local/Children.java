package dev.genfleet.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small child processes, all gone after the test. */
final class Children implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<ProcessHandle> started = new ArrayList<>();
    private final Starter starter = new Starter(started::add);
    private final Path folder;

    Children(Path folder) {
        this.folder = folder;
    }

    Part sleeping() throws Exception {
        return start("exec sleep 600", () -> Optional.of("here"));
    }

    Part start(String script, Readiness readiness) throws Exception {
        return start(script, readiness, LIMIT);
    }

    Part start(String script, Readiness readiness, Duration limit) throws Exception {
        return starter.start(new Launch("part", List.of("sh", "-c", script), Map.of(), log()), readiness, limit);
    }

    Path log() {
        return folder.resolve("part.log");
    }

    ProcessHandle last() {
        return started.getLast();
    }

    @Override
    public void close() {
        started.forEach(ProcessHandle::destroyForcibly);
    }
}
