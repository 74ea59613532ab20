package dev.genfleet.worker;

import dev.genfleet.engine.DeviceStatus;
import dev.genfleet.wire.CloudEventCodec;
import dev.genfleet.worker.artifact.S3Artifacts;
import dev.genfleet.worker.artifact.Uploads;
import dev.genfleet.worker.checkpoint.CheckpointStore;
import dev.genfleet.worker.config.StorageSettings;
import dev.genfleet.worker.config.WorkerSettings;
import dev.genfleet.worker.control.ControlListener;
import dev.genfleet.worker.events.KafkaJournal;
import dev.genfleet.worker.heartbeat.Heartbeat;
import dev.genfleet.worker.heartbeat.WorkerStatus;
import dev.genfleet.worker.job.Departments;
import dev.genfleet.worker.job.Generator;
import dev.genfleet.worker.job.JobRunner;
import dev.genfleet.worker.job.Patience;
import dev.genfleet.worker.job.RunningJobs;
import dev.genfleet.worker.lease.KafkaShareGroup;
import dev.genfleet.worker.lease.Slot;
import dev.genfleet.worker.lease.Slots;
import dev.genfleet.worker.metrics.ForwardCounts;
import dev.genfleet.worker.metrics.JobCounts;
import dev.genfleet.worker.metrics.MetricsPage;
import dev.genfleet.worker.progress.ProgressReporter;
import dev.genfleet.worker.progress.RedisProgress;
import dev.genfleet.worker.redis.RedisSession;
import dev.genfleet.worker.view.RedisJobView;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker around something that generates. Stops in this order, each part within its own deadline: slots, engine, uploads,
 * checkpoints, producer, and at last the sessions that lose nothing.
 */
public final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final WorkerSettings settings;
    private final Engineering engineering;
    private final RedisSession redis;
    private final S3Artifacts storage;
    private final KafkaJournal journal;
    private final Uploads uploads;
    private final CheckpointStore checkpoints;
    private final ProgressReporter progress;
    private final ControlListener control;
    private final Heartbeat heartbeat;
    private final Slots slots;
    private final Optional<MetricsPage> metrics;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Puts a worker together; it takes no job yet.
     *
     * @param groups the share group of each pool
     * @param engineering closed by the worker
     */
    Worker(WorkerSettings settings, List<KafkaShareGroup> groups, Engineering engineering, InstantSource clock) {
        this.settings = settings;
        this.engineering = engineering;
        String id = settings.workerId();
        StorageSettings s3 = settings.storage();
        int jobsAtOnce = groups.size() * settings.slots().slots().size();
        JobCounts counts = new JobCounts();
        RunningJobs running = new RunningJobs();
        redis = RedisSession.open(settings.redis(), clock);
        storage = S3Artifacts.open(s3.endpoint(), s3.accessKey(), s3.secretKey(), s3.bucket());
        uploads = new Uploads(storage, jobsAtOnce, Uploads.USUAL_PAUSES);
        checkpoints = new CheckpointStore(redis, storage, settings.checkpoints().mostInRedis(), clock);
        journal = new KafkaJournal(
                new CloudEventCodec(URI.create("/genfleet/worker/" + id)), KafkaJournal.producer(settings.kafka(), id));
        progress = new ProgressReporter(new RedisProgress(redis), clock);
        control = new ControlListener(ControlListener.consumer(settings.kafka(), id), running);
        JobRunner runner = new JobRunner(
                id,
                Patience.of(settings.maxAttempts()),
                new Departments(
                        new RedisJobView(redis),
                        engineering.generator(),
                        uploads,
                        journal,
                        journal,
                        checkpoints,
                        progress,
                        running,
                        counts,
                        clock));
        slots = new Slots(slots(settings, groups, runner, journal));
        WorkerStatus.Identity identity = new WorkerStatus.Identity(
                id, settings.pools(), settings.devices().toString(), jobsAtOnce, clock.instant());
        heartbeat = new Heartbeat(
                redis,
                id,
                () -> identity.with(
                        running.count(),
                        engineering.devices().get(),
                        engineering.forwards().snapshot()));
        metrics = settings.metricsPort()
                .map(port -> MetricsPage.serve(port, counts, engineering.forwards(), engineering.devices()));
    }

    /**
     * What generates.
     *
     * @param generator makes pictures
     * @param forwards how it shared its forwards
     * @param devices where it makes them, and which models are there, at this moment
     * @param closing stops it
     */
    record Engineering(
            Generator generator, ForwardCounts forwards, Supplier<List<DeviceStatus>> devices, Runnable closing) {}

    private static List<Slot> slots(
            WorkerSettings settings, List<KafkaShareGroup> groups, JobRunner runner, KafkaJournal journal) {
        List<Slot> slots = new ArrayList<>();
        for (KafkaShareGroup group : groups) {
            settings.slots().slots().forEach(leastUrgent -> {
                String name = "slot-" + (slots.size() + 1);
                slots.add(new Slot(name, group.slot(settings.workerId() + "-" + name, leastUrgent), runner, journal));
            });
        }
        return slots;
    }

    /** Starts to take jobs. */
    void start() {
        if (started.compareAndSet(false, true)) {
            progress.start();
            checkpoints.start();
            control.start();
            slots.start();
            heartbeat.start();
        }
    }

    /** Waits until every slot asks for jobs and cancel requests are heard; false when that took longer than {@code wait}. */
    boolean awaitRunning(Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        return slots.awaitRunning(wait)
                && control.awaitListening(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }

    /** Port of the metrics page, when there is one. */
    Optional<Integer> metricsPort() {
        return metrics.map(MetricsPage::port);
    }

    /** Puts aside what runs, finishes what is nearly done within the drain deadline, gives back the rest, and stops. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        LOG.atInfo().addKeyValue("drain_seconds", settings.drain().toSeconds()).log("stopping");
        stop("slots", this::drain);
        stop("engine", engineering.closing());
        stop("uploads", uploads::close);
        stop("checkpoints", checkpoints::close);
        stop("events", journal::close);
        stop("control", control::close);
        stop("progress", progress::close);
        stop("heartbeat", heartbeat::close);
        stop("metrics", () -> metrics.ifPresent(MetricsPage::close));
        stop("storage", storage::close);
        stop("redis", redis::close);
        LOG.info("stopped");
    }

    private void drain() {
        try {
            slots.drain(settings.drain());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One part that does not stop must not keep the others from stopping. */
    private static void stop(String part, Runnable closing) {
        try {
            closing.run();
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("part", part).setCause(e).log("did not stop cleanly");
        }
    }
}
