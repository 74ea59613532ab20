package dev.genfleet.worker.checkpoint;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that writes to a store. About each subject, a job or a lease, it keeps only what was asked last, so a store that is slow
 * or away holds nobody up, and no more waits here than a worker has jobs. Safe on any thread.
 */
final class Writer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

    private final String name;
    private final Map<Object, Task> waiting = new ConcurrentHashMap<>();
    private final ScheduledExecutorService executor;
    private volatile boolean away;

    /**
     * A writer.
     *
     * @param name of its thread
     */
    Writer(String name) {
        this.name = name;
        this.executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).factory());
    }

    /** What may fail as a store is away. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    private record Task(Work work, CompletableFuture<Boolean> done) {}

    /**
     * Does {@code work} about {@code subject} soon, in place of what still waits about it; returns at once.
     *
     * @return whether it was done; false when something took its place or the store was away
     */
    CompletableFuture<Boolean> write(Object subject, Work work) {
        Task task = new Task(work, new CompletableFuture<>());
        Task replaced = waiting.put(subject, task);
        if (replaced != null) {
            replaced.done().complete(false);
            return task.done();
        }
        try {
            executor.execute(() -> Optional.ofNullable(waiting.remove(subject)).ifPresent(this::run));
        } catch (RejectedExecutionException e) {
            waiting.remove(subject);
            task.done().complete(false);
        }
        return task.done();
    }

    /** Does {@code work} on this thread, now and then. */
    void every(Duration first, Duration later, Work work) {
        var unused = executor.scheduleWithFixedDelay(
                () -> run(new Task(work, new CompletableFuture<>())),
                first.toMillis(),
                later.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void run(Task task) {
        boolean done = false;
        try {
            task.work().run();
            done = true;
            if (away) {
                LOG.atInfo().addKeyValue("writer", name).log("checkpoints are kept again");
            }
            away = false;
        } catch (IOException | RuntimeException e) {
            if (!away) {
                LOG.atWarn()
                        .addKeyValue("writer", name)
                        .addKeyValue("reason", e)
                        .log("checkpoints are not kept");
            }
            away = true;
        } finally {
            task.done().complete(done);
        }
    }

    /** Writes what waits, without patience for a store that is away. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
