package dev.genfleet.gateway.projection;

import dev.genfleet.gateway.config.GatewayConfig;
import dev.genfleet.gateway.view.JobSignals;
import dev.genfleet.gateway.view.ViewEpoch;
import dev.genfleet.gateway.view.ViewStatus;
import dev.genfleet.gateway.view.ViewStore;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Applies every record to the view, from where this epoch of the view has come to. When the epoch's key is missing the view was
 * lost: a new epoch begins at the beginning of Kafka. Each gateway projects everything; that is harmless and needs no agreement.
 */
@Singleton
public final class Projector {

    private static final Logger LOG = Logger.getLogger(Projector.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration EPOCH_CHECK = Duration.ofSeconds(1);
    private static final Duration PARTITION_CHECK = Duration.ofSeconds(30);
    private static final Duration AFTER_FAULT = Duration.ofMillis(500);

    private final GatewayConfig config;
    private final ViewStore store;
    private final ViewEpoch epochs;
    private final ViewStatus status;
    private final JobSignals signals;
    private final JobMeters meters;
    private final Thread thread;
    private volatile boolean stopping;

    /** The epoch that the source reads for; empty when it has to be placed anew. */
    private Optional<String> epoch = Optional.empty();

    private Instant epochChecked = Instant.EPOCH;
    private Instant partitionsChecked = Instant.EPOCH;

    Projector(
            GatewayConfig config,
            ViewStore store,
            ViewEpoch epochs,
            ViewStatus status,
            JobSignals signals,
            JobMeters meters) {
        this.config = config;
        this.store = store;
        this.epochs = epochs;
        this.status = status;
        this.signals = signals;
        this.meters = meters;
        this.thread = Thread.ofPlatform().name("projector").unstarted(this::run);
    }

    /** Starts the thread; the topics exist. */
    public void start() {
        thread.start();
    }

    /** Stops the thread and waits for it. */
    public void close() {
        stopping = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (ProjectionSource source = new ProjectionSource(config.kafka())) {
            boolean faulty = false;
            while (!stopping) {
                try {
                    runOnce(source);
                    faulty = false;
                } catch (WakeupException e) {
                    LOG.debug("woken", e);
                } catch (RuntimeException e) {
                    if (!faulty) {
                        LOG.warnf("projection interrupted, trying again error=%s", e);
                    }
                    faulty = true;
                    epoch = Optional.empty();
                    LockSupport.parkNanos(AFTER_FAULT.toNanos());
                }
            }
        }
    }

    /** One pass: look whether the view is still there, apply the next records. */
    void runOnce(ProjectionSource source) {
        if (!place(source)) {
            LockSupport.parkNanos(POLL.toNanos());
            return;
        }
        String current = epoch.orElseThrow();
        List<ViewStore.Entry> entries = source.poll(POLL);
        if (!entries.isEmpty()) {
            ViewStore.Applied applied = store.apply(entries, current);
            if (!applied.current()) {
                lost();
                return;
            }
            if (status.builtEpoch().equals(epoch)) {
                meters.count(applied.news());
            }
        }
        entries.forEach(entry -> entry.fact().ifPresent(fact -> signals.changed(fact.jobId())));
        if (!status.builtEpoch().equals(epoch) && source.reachedEnds()) {
            LOG.infof("view complete epoch=%s", current);
            epochs.built(current);
            status.built(current);
            signals.allChanged();
        }
        status.passed(Instant.now());
    }

    private boolean place(ProjectionSource source) {
        Instant now = Instant.now();
        if (epoch.isPresent() && now.isBefore(epochChecked.plus(EPOCH_CHECK))) {
            return true;
        }
        Optional<String> stored = epochs.current();
        if (stored.isEmpty()) {
            status.rebuilding();
            stored = epochs.begin();
        }
        epochChecked = now;
        boolean newPartitions = now.isAfter(partitionsChecked.plus(PARTITION_CHECK)) && source.hasNewPartitions();
        partitionsChecked =
                newPartitions || now.isAfter(partitionsChecked.plus(PARTITION_CHECK)) ? now : partitionsChecked;
        if (stored.isPresent() && (!stored.equals(epoch) || newPartitions)) {
            if (!status.builtEpoch().equals(stored)) {
                status.rebuilding();
            }
            Map<String, Long> offsets = store.offsets();
            LOG.infof(
                    "projecting epoch=%s from=%s", stored.get(), offsets.isEmpty() ? "the beginning" : "where it was");
            source.seek(offsets);
        }
        epoch = stored;
        return epoch.isPresent();
    }

    private void lost() {
        LOG.warn("view lost or dropped, building it anew");
        status.rebuilding();
        epoch = Optional.empty();
    }
}
