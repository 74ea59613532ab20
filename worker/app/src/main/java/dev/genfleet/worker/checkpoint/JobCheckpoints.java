package dev.genfleet.worker.checkpoint;

import dev.genfleet.engine.Checkpoint;
import dev.genfleet.job.JobId;
import dev.genfleet.job.LeaseId;
import dev.genfleet.worker.checkpoint.CheckpointStore.Shelves;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoints of one job during one attempt at it. Every method returns at once. */
public final class JobCheckpoints {

    private static final Logger LOG = LoggerFactory.getLogger(JobCheckpoints.class);
    private static final Duration LONGEST_SEARCH = Duration.ofSeconds(15);
    private static final Duration LONGEST_PUT_ASIDE = Duration.ofSeconds(4);

    private final Shelves shelves;
    private final JobId job;
    private final Fit fit;
    private volatile boolean maybeInRedis;
    private volatile boolean maybeInStorage;

    JobCheckpoints(Shelves shelves, JobId job, Fit fit) {
        this.shelves = shelves;
        this.job = job;
        this.fit = fit;
    }

    /**
     * Keeps a checkpoint in place of earlier ones, if the store is there.
     *
     * @return whether it is kept; false also when a later one took its place before it was written
     */
    public CompletableFuture<Boolean> keep(Checkpoint checkpoint) {
        if (CheckpointFormat.size(checkpoint, fit) <= shelves.mostSmall()) {
            maybeInRedis = true;
            return shelves.toSmall().write(job, () -> shelves.small().put(job, fit, checkpoint));
        }
        maybeInStorage = true;
        return shelves.toLarge().write(job, () -> shelves.large().put(job, fit, checkpoint));
    }

    /**
     * Keeps the last checkpoint of a lease that ends in good order, and notes that it does.
     *
     * @param reached empty when there is nothing to keep
     * @return whether that was done within moments; never exceptionally
     */
    public CompletableFuture<Boolean> putAside(LeaseId lease, Optional<Checkpoint> reached) {
        CompletableFuture<Boolean> kept =
                reached.map(this::keep).orElseGet(() -> CompletableFuture.completedFuture(true));
        return kept.completeOnTimeout(false, LONGEST_PUT_ASIDE.toMillis(), TimeUnit.MILLISECONDS)
                .thenCombine(
                        shelves.toSmall()
                                .write(lease, () -> shelves.small().released(job, lease))
                                .completeOnTimeout(false, LONGEST_PUT_ASIDE.toMillis(), TimeUnit.MILLISECONDS),
                        Boolean::logicalAnd);
    }

    /** Looks for the latest checkpoint; the answer never is an exception, and comes within moments. */
    public CompletableFuture<Optional<Checkpoint>> latest() {
        CompletableFuture<Optional<Checkpoint>> found = new CompletableFuture<>();
        maybeInRedis = true;
        maybeInStorage = true;
        Thread.ofVirtual().name("checkpoint-search").start(() -> found.complete(search()));
        return found.completeOnTimeout(Optional.empty(), LONGEST_SEARCH.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Optional<Checkpoint> search() {
        Optional<Checkpoint> small = on(shelves.small());
        return small.isPresent() ? small : on(shelves.large());
    }

    private Optional<Checkpoint> on(Shelf shelf) {
        try {
            return shelf.latest(job, fit);
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().addKeyValue("job_id", job).addKeyValue("reason", e).log("checkpoints cannot be looked for");
            return Optional.empty();
        }
    }

    /** Keeps none any more, as the job has ended. */
    public void forget() {
        if (maybeInRedis) {
            var unused = shelves.toSmall().write(job, () -> shelves.small().forget(job));
        }
        if (maybeInStorage) {
            var unused = shelves.toLarge().write(job, () -> shelves.large().forget(job));
        }
    }

    /** The same for a job of which this worker knows only that another one may have tried it. */
    public void forgetAll() {
        maybeInRedis = true;
        maybeInStorage = true;
        forget();
    }
}
