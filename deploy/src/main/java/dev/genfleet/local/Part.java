package dev.genfleet.local;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A child process that runs, or ran.
 *
 * @param name {@code kafka}, {@code redis}, {@code s3}, {@code gateway}, {@code worker-1} …
 * @param pid process id
 * @param startedAt when the system says that the process started; with the pid it names the process for good
 * @param address where it listens, or its worker id
 * @param startTime from its start until it was ready
 * @param log its output
 */
public record Part(String name, long pid, Instant startedAt, String address, Duration startTime, Path log) {

    /** Two readings of one process's start differ by this at most: the system derives it from the clock. */
    private static final Duration SAME_START = Duration.ofSeconds(2);

    public Part {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(startedAt, "started_at");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(startTime, "start_time");
        Objects.requireNonNull(log, "log");
    }

    /** Whether it takes jobs. */
    public boolean isWorker() {
        return name.startsWith("worker-");
    }

    /** The process, while it lives; never another one that got its pid. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> process.info()
                .startInstant()
                .filter(start -> Duration.between(start, startedAt).abs().compareTo(SAME_START) <= 0)
                .isPresent());
    }

    public boolean isAlive() {
        return process().isPresent();
    }

    /** Resident memory in bytes, when the system tells. */
    public Optional<Long> residentBytes() {
        return process().flatMap(process -> ResidentMemory.of(process.pid()));
    }

    /** Ends the process at once, as SIGKILL does, and waits until it is gone. */
    public void kill() throws InterruptedException {
        Optional<ProcessHandle> process = process();
        process.ifPresent(ProcessHandle::destroyForcibly);
        if (process.isPresent()) {
            await(process.get(), Duration.ofSeconds(10));
        }
    }

    /** Asks the process to end, as SIGTERM does, and ends it when it has not by the end of {@code grace}. */
    public void stop(Duration grace) throws InterruptedException {
        Optional<ProcessHandle> process = process();
        if (process.isPresent()) {
            process.get().destroy();
            if (!await(process.get(), grace)) {
                kill();
            }
        }
    }

    private static boolean await(ProcessHandle process, Duration limit) throws InterruptedException {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !process.isAlive();
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for process " + process.pid(), e);
        }
    }
}
