package dev.genfleet.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running local stack. Kafka, Redis and S3 start side by side, then the gateway and the workers, the same programs as on a
 * cluster.
 */
public final class LocalStack implements AutoCloseable {

    private static final Duration WORKER_GRACE = Duration.ofSeconds(40);
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final StackFolder folder;
    private final Endpoints endpoints;
    private final PartStarts starts;
    private final Map<String, String> environment;
    private final Optional<Guard> guard;
    private final List<Part> parts;
    private final AtomicInteger workers;

    LocalStack(
            StackFolder folder,
            Endpoints endpoints,
            PartStarts starts,
            Map<String, String> environment,
            Optional<Guard> guard,
            List<Part> parts) {
        this.folder = folder;
        this.endpoints = endpoints;
        this.starts = starts;
        this.environment = environment;
        this.guard = guard;
        this.parts = new ArrayList<>(parts);
        this.workers =
                new AtomicInteger((int) parts.stream().filter(Part::isWorker).count());
    }

    /**
     * Starts everything in {@code folder}; returns once the gateway answers and the workers lease.
     *
     * @throws StackException when a part does not start, or a stack runs in this folder already; nothing is left running
     */
    public static LocalStack start(
            StackFolder folder, Installation installation, StackSettings settings, StackListener listener)
            throws StackException, InterruptedException {
        folder.create();
        try (FileChannel channel =
                        FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw busy(folder);
            }
            if (running(folder).isPresent()) {
                throw new StackException("a stack runs in " + folder.root()
                        + " already: stop it with 'genfleet down', or name another folder in GENFLEET_HOME");
            }
            return new StackStart(folder, installation, settings, listener).run();
        } catch (OverlappingFileLockException e) {
            throw busy(folder);
        } catch (IOException e) {
            throw new StackException("cannot lock " + folder.lock() + ": " + e, e);
        }
    }

    /** The stack that runs in {@code folder}, when its gateway lives. */
    public static Optional<Endpoints> running(StackFolder folder) throws StackException {
        return StackRecord.read(folder.record())
                .filter(recorded -> recorded.parts().stream().anyMatch(Part::isAlive))
                .map(StackRecord::endpoints);
    }

    /** Parts of the stack that runs in {@code folder}, dead ones among them. */
    public static List<Part> parts(StackFolder folder) throws StackException {
        return StackRecord.read(folder.record()).map(StackRecord::parts).orElse(List.of());
    }

    /**
     * Stops the stack that an earlier program left running in {@code folder}.
     *
     * @return the parts that were alive
     */
    public static List<Part> stop(StackFolder folder) throws StackException, InterruptedException {
        List<Part> alive = parts(folder).stream().filter(Part::isAlive).toList();
        StopOrder.stop(alive, WORKER_GRACE, GRACE);
        folder.forget();
        return alive;
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    /** Every part started so far, dead ones among them, in the order in which they were started. */
    public synchronized List<Part> parts() {
        return List.copyOf(parts);
    }

    /** Starts one more worker and returns once it leases. */
    public Part addWorker() throws StackException, InterruptedException {
        return addWorker(Map.of());
    }

    /**
     * Starts one more worker and returns once it leases.
     *
     * @param overrides environment variables, stronger than the stack's own
     */
    public Part addWorker(Map<String, String> overrides) throws StackException, InterruptedException {
        Map<String, String> variables = new HashMap<>(environment);
        variables.putAll(overrides);
        Part worker = starts.worker(worker(workers.incrementAndGet()), variables);
        synchronized (this) {
            parts.add(worker);
        }
        remember();
        return worker;
    }

    /** Name of the n-th worker, counted from 1. */
    static String worker(int number) {
        return "worker-" + number;
    }

    void remember() throws StackException {
        new StackRecord(endpoints, parts()).write(folder.record());
    }

    /** Stops the workers and the gateway, then what they stand on; an interrupt makes it short. */
    @Override
    public void close() {
        try {
            StopOrder.stop(parts(), WORKER_GRACE, GRACE);
        } catch (InterruptedException e) {
            parts().forEach(part -> part.process().ifPresent(ProcessHandle::destroyForcibly));
            Thread.currentThread().interrupt();
        }
        guard.ifPresent(Guard::close);
        folder.forget();
    }

    private static StackException busy(StackFolder folder) {
        return new StackException("another genfleet starts or stops the stack in " + folder.root() + " right now");
    }
}
