package dev.genfleet.worker.artifact;

import dev.genfleet.engine.Picture;
import dev.genfleet.engine.Reel;
import dev.genfleet.event.Artifact;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.QueuedJob;
import dev.genfleet.wire.ObjectKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores the pictures and videos of finished jobs, trying again when the storage does not answer. */
public final class Uploads implements AutoCloseable {

    /** Pauses before the second, third … try. */
    public static final List<Duration> USUAL_PAUSES =
            List.of(Duration.ofMillis(200), Duration.ofMillis(600), Duration.ofSeconds(2), Duration.ofSeconds(5));

    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final int THREADS = 2;
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

    private final ArtifactStore store;
    private final List<Duration> pauses;
    private final ThreadPoolExecutor executor;
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * Uploads to a store that it does not close.
     *
     * @param store where to
     * @param jobsAtOnce most jobs whose pictures can wait; a worker has no more than it has slots
     * @param pauses before each further try
     */
    public Uploads(ArtifactStore store, int jobsAtOnce, List<Duration> pauses) {
        this.store = store;
        this.pauses = List.copyOf(pauses);
        this.executor = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(Math.max(1, jobsAtOnce)),
                Thread.ofPlatform().name("upload-", 1).factory());
    }

    /**
     * Stores all pictures of a job; returns at once.
     *
     * @return what was stored, in the pictures' order; an {@link IOException} when the storage did not take them in the end
     */
    public CompletableFuture<List<Artifact>> store(QueuedJob job, List<Picture> pictures) {
        CompletableFuture<List<Artifact>> stored = new CompletableFuture<>();
        try {
            executor.execute(() -> storeNow(job, pictures, stored));
        } catch (RejectedExecutionException e) {
            stored.completeExceptionally(new IOException("the worker takes no further uploads", e));
        }
        return stored;
    }

    private void storeNow(QueuedJob job, List<Picture> pictures, CompletableFuture<List<Artifact>> stored) {
        try {
            List<Artifact> artifacts = new ArrayList<>(pictures.size());
            for (Picture picture : pictures) {
                artifacts.add(put(job, picture));
            }
            stored.complete(List.copyOf(artifacts));
        } catch (IOException | RuntimeException e) {
            stored.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stored.completeExceptionally(new IOException("the worker stopped during an upload", e));
        }
    }

    private Artifact put(QueuedJob job, Picture picture) throws IOException, InterruptedException {
        byte[] content = picture.bytes();
        String sha256 = StoredObject.sha256(content);
        String key = ObjectKeys.output(job.tenant(), job.id(), picture.index(), sha256, picture.format());
        Map<String, String> metadata = Map.of(
                "job-id", job.id().toString(),
                "model", job.spec().model(),
                "model-digest", job.spec().modelDigest(),
                "seed", Long.toString(picture.seed()));
        Optional<Artifact.Video> video = picture.reel().map(reel -> video(reel, key));
        if (picture.reel().isPresent()) {
            OutputFormat still = OutputFormat.PNG;
            putPersistently(new StoredObject(
                    ObjectKeys.poster(key), picture.reel().get().poster(), still.contentType(), metadata));
        }
        putPersistently(new StoredObject(key, content, picture.format().contentType(), metadata));
        return new Artifact(
                picture.index(),
                key,
                picture.format().contentType(),
                content.length,
                sha256,
                picture.width(),
                picture.height(),
                picture.seed(),
                video);
    }

    private static Artifact.Video video(Reel reel, String key) {
        return new Artifact.Video(reel.video().numFrames(), reel.video().fps(), ObjectKeys.poster(key));
    }

    private void putPersistently(StoredObject object) throws IOException, InterruptedException {
        for (Duration pause : pauses) {
            try {
                store.put(object);
                return;
            } catch (IOException e) {
                LOG.atWarn()
                        .addKeyValue("key", object.key())
                        .addKeyValue("reason", e.getMessage())
                        .addKeyValue("again_in_ms", pause.toMillis())
                        .log("storage did not take an object");
                if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw e;
                }
            }
        }
        store.put(object);
    }

    /** Finishes what has begun, without waiting for a storage that does not answer. */
    @Override
    public void close() {
        closing.countDown();
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
