package dev.genfleet.worker.checkpoint;

import dev.genfleet.engine.Checkpoint;
import dev.genfleet.job.JobId;
import java.io.IOException;
import java.util.Optional;

/** Where checkpoints are kept. Its methods wait for the store. */
interface Shelf {

    /**
     * Keeps a checkpoint unless a later one is there that fits the same.
     *
     * @throws IOException when the store is away
     */
    void put(JobId job, Fit fit, Checkpoint checkpoint) throws IOException;

    /**
     * The latest one that fits; one that does not is logged and passed over.
     *
     * @throws IOException when the store is away
     */
    Optional<Checkpoint> latest(JobId job, Fit fit) throws IOException;

    /**
     * Keeps none of the job's any more.
     *
     * @throws IOException when the store is away
     */
    void forget(JobId job) throws IOException;
}
