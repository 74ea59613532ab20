package dev.genfleet.gateway.reconcile;

import dev.genfleet.gateway.config.GatewayConfig;
import dev.genfleet.gateway.document.LatestProgress;
import dev.genfleet.gateway.kafka.Brokers;
import dev.genfleet.gateway.kafka.RecordLog;
import dev.genfleet.gateway.view.JobIndex;
import dev.genfleet.gateway.view.JobState;
import dev.genfleet.gateway.view.JobView;
import dev.genfleet.gateway.view.RecordId;
import dev.genfleet.gateway.view.ViewStatus;
import dev.genfleet.gateway.view.ViewStore;
import dev.genfleet.wire.TraceContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/** Looks at every job that has not ended, every few seconds. */
@Singleton
public final class Reconciler {

    private static final Logger LOG = Logger.getLogger(Reconciler.class);
    private static final Duration BETWEEN_PASSES = Duration.ofSeconds(5);
    private static final List<JobState> OPEN = List.of(JobState.QUEUED, JobState.STARTING, JobState.PROCESSING);
    private static final int LEASES_OF_SILENCE = 4;

    private final JobIndex index;
    private final LatestProgress latest;
    private final ViewStatus status;
    private final ViewStore store;
    private final RecordLog log;
    private final Brokers brokers;
    private final ReconcilerLease lease;
    private final Duration silence;
    private final InstantSource clock = InstantSource.system();
    private final Thread thread;
    private volatile boolean stopping;

    Reconciler(
            GatewayConfig config,
            JobIndex index,
            LatestProgress latest,
            ViewStatus status,
            ViewStore store,
            RecordLog log,
            Brokers brokers,
            ReconcilerLease lease) {
        this.index = index;
        this.latest = latest;
        this.status = status;
        this.store = store;
        this.log = log;
        this.brokers = brokers;
        this.lease = lease;
        this.silence = Duration.ofSeconds(config.leaseSeconds()).multipliedBy(LEASES_OF_SILENCE);
        this.thread = Thread.ofPlatform().name("reconciler").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!stopping) {
            LockSupport.parkNanos(BETWEEN_PASSES.toNanos());
            try {
                if (!stopping && status.builtEpoch().isPresent() && lease.mine()) {
                    runOnce(clock.instant().truncatedTo(ChronoUnit.MILLIS));
                }
            } catch (RuntimeException e) {
                LOG.warnf("reconciliation interrupted, trying again error=%s", e);
            }
        }
    }

    /** One pass over all open jobs. */
    void runOnce(Instant now) {
        Map<String, Map<Brokers.Partition, RecordId>> starts = new HashMap<>();
        for (JobState state : OPEN) {
            index.forEach(state, view -> {
                Optional<RecordId> firstUnsettled =
                        Optional.ofNullable(starts.computeIfAbsent(view.job().pool(), brokers::startOffsets)
                                .get(Brokers.Partition.of(view.record())));
                act(view, Verdict.of(view, latest.of(view), firstUnsettled, silence, now), now);
            });
        }
    }

    private void act(JobView view, Verdict verdict, Instant now) {
        switch (verdict) {
            case LEAVE -> {}
            case EXPIRE -> {
                LOG.infof("deadline passed while queued job_id=%s", view.job().id());
                log.tell(Verdict.expired(view, now), TraceContext.start());
            }
            case ENQUEUE_AGAIN -> {
                LOG.warnf(
                        "job was lost, enqueued again job_id=%s record=%s attempt=%s",
                        view.job().id(), view.record(), view.attempts());
                store.apply(log.queue(view.job(), TraceContext.start()));
            }
        }
    }
}
