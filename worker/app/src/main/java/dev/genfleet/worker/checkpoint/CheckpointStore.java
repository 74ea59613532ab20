package dev.genfleet.worker.checkpoint;

import dev.genfleet.job.QueuedJob;
import dev.genfleet.worker.artifact.ArtifactStore;
import dev.genfleet.worker.redis.RedisSession;
import java.time.Duration;
import java.time.InstantSource;

/** Keeps checkpoints, small ones in Redis and large ones in object storage. Safe on any thread. */
public final class CheckpointStore implements AutoCloseable {

    private static final Duration FIRST_SWEEP = Duration.ofMinutes(1);
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);

    private final Shelves shelves;

    /**
     * Shelves and their writers.
     *
     * @param small in Redis
     * @param toSmall writes there
     * @param large in object storage
     * @param toLarge writes there
     * @param mostSmall bytes of the largest checkpoint that goes to Redis
     */
    record Shelves(RedisShelf small, Writer toSmall, ObjectShelf large, Writer toLarge, int mostSmall) {}

    /**
     * A store on sessions that it does not close.
     *
     * @param redis for small ones
     * @param storage for large ones
     * @param mostInRedis bytes of the largest checkpoint that goes to Redis
     * @param clock says what is old
     */
    public CheckpointStore(RedisSession redis, ArtifactStore storage, int mostInRedis, InstantSource clock) {
        this.shelves = new Shelves(
                new RedisShelf(redis),
                new Writer("checkpoints-redis"),
                new ObjectShelf(storage, clock),
                new Writer("checkpoints-storage"),
                mostInRedis);
    }

    /** Starts to delete what is old. */
    public void start() {
        shelves.toLarge()
                .every(FIRST_SWEEP, BETWEEN_SWEEPS, () -> shelves.large().sweep(RedisShelf.KEPT));
    }

    /** The checkpoints of a job. */
    public JobCheckpoints of(QueuedJob job) {
        return new JobCheckpoints(shelves, job.id(), Fit.of(job.spec()));
    }

    @Override
    public void close() {
        shelves.toSmall().close();
        shelves.toLarge().close();
    }
}
