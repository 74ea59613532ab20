package dev.genfleet.worker.progress;

import dev.genfleet.engine.Preview;
import dev.genfleet.job.JobId;
import dev.genfleet.job.LeaseId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells each job's progress at most every 250 ms, and its last step always. Safe on any thread. */
public final class ProgressReporter implements AutoCloseable {

    /** Least time between two reports of one job. */
    public static final Duration INTERVAL = Duration.ofMillis(250);

    private static final Logger LOG = LoggerFactory.getLogger(ProgressReporter.class);
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(3);

    private final ProgressSink sink;
    private final InstantSource clock;
    private final Map<LeaseId, TrackedJob> jobs = new ConcurrentHashMap<>();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("progress").factory());

    /**
     * A reporter that tells nothing until it is started.
     *
     * @param sink told on the reporter's thread
     * @param clock measures steps
     */
    public ProgressReporter(ProgressSink sink, InstantSource clock) {
        this.sink = sink;
        this.clock = clock;
    }

    /** Starts telling. */
    public void start() {
        var unused =
                executor.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Follows a job from now on. */
    public void begin(JobId job, LeaseId lease) {
        begin(job, lease, 0);
    }

    /**
     * Follows a job that goes on where an earlier attempt was.
     *
     * @param stepsBefore steps that ran then
     */
    public void begin(JobId job, LeaseId lease, int stepsBefore) {
        jobs.put(lease, new TrackedJob(job, lease, stepsBefore, clock.instant()));
    }

    /** Notes a step of a job; returns at once. A job that is not followed is passed over. */
    public void stepped(LeaseId lease, int step, int steps) {
        TrackedJob job = jobs.get(lease);
        if (job != null) {
            job.note(step, steps, clock.instant());
        }
    }

    /** Notes what a job looks like; returns at once. It is told with the job's next report. */
    public void preview(LeaseId lease, Preview preview) {
        TrackedJob job = jobs.get(lease);
        if (job != null) {
            job.note(preview);
        }
    }

    /** Follows the job no more; what it reached is still told. */
    public void end(LeaseId lease) {
        TrackedJob job = jobs.get(lease);
        if (job != null) {
            job.end();
        }
    }

    /** Tells what is due. */
    void runOnce() {
        jobs.values().forEach(job -> {
            job.due(clock.instant(), INTERVAL).ifPresent(report -> {
                report.preview()
                        .ifPresent(preview -> sink.show(report.progress().jobId(), PreviewPng.of(preview)));
                sink.accept(report.progress());
            });
            if (job.isOver()) {
                jobs.remove(job.lease());
            }
        });
    }

    private void tick() {
        try {
            runOnce();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("progress could not be told");
        }
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            if (executor.awaitTermination(CLOSE_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                tick();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
