package dev.genfleet.worker.checkpoint;

import dev.genfleet.engine.Checkpoint;
import dev.genfleet.job.JobId;
import dev.genfleet.wire.ObjectKeys;
import dev.genfleet.worker.artifact.ArtifactStore;
import dev.genfleet.worker.artifact.ArtifactStore.Listed;
import dev.genfleet.worker.artifact.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps large checkpoints in object storage, each under a key that ends with its steps, so that writers cannot spoil one another's:
 * the greatest key that fits is the latest, and whoever writes deletes the smaller ones. Object storage need not expire anything
 * by itself: {@link #sweep} does.
 */
final class ObjectShelf implements Shelf {

    /** Larger ones are neither written nor read. */
    static final int MOST_BYTES = 512 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ObjectShelf.class);

    private final ArtifactStore store;
    private final InstantSource clock;

    ObjectShelf(ArtifactStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void put(JobId job, Fit fit, Checkpoint checkpoint) throws IOException {
        if (CheckpointFormat.size(checkpoint, fit) > MOST_BYTES) {
            throw new IOException("a checkpoint of more than " + MOST_BYTES + " bytes is not kept");
        }
        String key = ObjectKeys.checkpoint(job, fit.key(), checkpoint.stepsOfAll());
        store.put(new StoredObject(
                key,
                CheckpointFormat.write(checkpoint, fit),
                "application/octet-stream",
                Map.of("job-id", job.toString())));
        List<Listed> fitting = fitting(job, fit);
        for (Listed listed : fitting.subList(0, Math.max(0, fitting.size() - 1))) {
            store.delete(listed.key());
        }
    }

    @Override
    public Optional<Checkpoint> latest(JobId job, Fit fit) throws IOException {
        for (Listed listed : fitting(job, fit).reversed()) {
            Optional<byte[]> bytes = store.get(listed.key(), MOST_BYTES);
            if (bytes.isEmpty()) {
                continue;
            }
            switch (CheckpointFormat.read(bytes.get(), fit)) {
                case CheckpointFormat.Reading.Usable(Checkpoint checkpoint) -> {
                    return Optional.of(checkpoint);
                }
                case CheckpointFormat.Reading.Unusable(String reason) ->
                    LOG.atInfo()
                            .addKeyValue("job_id", job)
                            .addKeyValue("key", listed.key())
                            .log("checkpoint not usable, because {}", reason);
            }
        }
        return Optional.empty();
    }

    @Override
    public void forget(JobId job) throws IOException {
        for (Listed listed : store.list(ObjectKeys.checkpoints(job))) {
            store.delete(listed.key());
        }
    }

    /** Deletes what all its writers and readers have forgotten. */
    void sweep(Duration kept) throws IOException {
        for (Listed listed : store.list(ObjectKeys.CHECKPOINTS)) {
            if (listed.modifiedAt().plus(kept).isBefore(clock.instant())) {
                store.delete(listed.key());
                LOG.atInfo().addKeyValue("key", listed.key()).log("old checkpoint deleted");
            }
        }
    }

    /** In order of their steps. */
    private List<Listed> fitting(JobId job, Fit fit) throws IOException {
        String prefix = ObjectKeys.checkpoint(job, fit.key(), 0);
        return store.list(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    }
}
