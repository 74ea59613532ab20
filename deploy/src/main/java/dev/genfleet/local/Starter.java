package dev.genfleet.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts child processes and waits until each says that it is ready. Safe for use by several threads. */
final class Starter {

    private static final Duration ASK_EVERY = Duration.ofMillis(25);

    private final Consumer<ProcessHandle> born;

    /**
     * A starter.
     *
     * @param born told about every process right after its start, before it is ready, so that none is ever forgotten
     */
    Starter(Consumer<ProcessHandle> born) {
        this.born = born;
    }

    /**
     * Starts a process and waits for it.
     *
     * @throws PortTakenException when the process ended because somebody else listens on its port
     * @throws StackException when it ended or was not ready in time; the process is gone then
     */
    Part start(Launch launch, Readiness readiness, Duration limit) throws StackException, InterruptedException {
        long start = System.nanoTime();
        Process process = fork(launch);
        born.accept(process.toHandle());
        Instant startedAt = process.info().startInstant().orElseGet(Instant::now);
        try {
            while (true) {
                Optional<String> address = readiness.address();
                Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
                if (address.isPresent() && process.isAlive()) {
                    return new Part(launch.part(), process.pid(), startedAt, address.get(), elapsed, launch.log());
                }
                if (elapsed.compareTo(limit) > 0) {
                    process.destroyForcibly();
                    throw new StackException(launch.part() + " was not ready within " + limit.toSeconds()
                            + " s; its log is " + launch.log());
                }
                if (process.waitFor(ASK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw ended(launch, process.exitValue());
                }
            }
        } catch (IOException e) {
            process.destroyForcibly();
            throw new StackException("cannot tell whether " + launch.part() + " is ready: " + e, e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static Process fork(Launch launch) throws StackException {
        List<String> command = new ArrayList<>(Sessions.prefix());
        command.addAll(launch.command());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("GENFLEET_"));
        builder.environment().putAll(launch.environment());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new StackException("cannot start " + launch.part() + ": " + e.getMessage(), e);
        }
    }

    private static StackException ended(Launch launch, int exit) {
        String log;
        try {
            log = Files.readString(launch.log());
        } catch (IOException e) {
            log = "";
        }
        String last = log.lines().filter(line -> !line.isBlank()).reduce("", (earlier, later) -> later);
        String message = launch.part() + " ended with exit code " + exit + " before it was ready"
                + (last.isEmpty() ? "" : " (" + last.strip() + ")") + "; its log is " + launch.log();
        boolean portTaken = log.contains("Address already in use") || log.contains("BindException");
        return portTaken ? new PortTakenException(message) : new StackException(message);
    }
}
