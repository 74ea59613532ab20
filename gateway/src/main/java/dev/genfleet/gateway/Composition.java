package dev.genfleet.gateway;

import dev.genfleet.gateway.catalog.ModelCatalog;
import dev.genfleet.gateway.config.GatewayConfig;
import dev.genfleet.gateway.http.PublicAddress;
import dev.genfleet.gateway.kafka.TopicSetup;
import dev.genfleet.gateway.projection.ProgressFeed;
import dev.genfleet.gateway.projection.Projector;
import dev.genfleet.gateway.reconcile.Reconciler;
import dev.genfleet.gateway.view.ViewStatus;
import dev.genfleet.gateway.webhook.Webhooks;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/** Starts what runs beside requests, in order, and stops it in reverse. The thread {@code starter} owns the start. */
@Singleton
public final class Composition {

    private static final Logger LOG = Logger.getLogger(Composition.class);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);

    private final GatewayConfig config;
    private final PublicAddress address;
    private final ModelCatalog catalog;
    private final TopicSetup topics;
    private final Projector projector;
    private final ProgressFeed progress;
    private final Webhooks webhooks;
    private final Reconciler reconciler;
    private final ViewStatus status;
    private final Thread starter;
    private volatile boolean stopping;

    Composition(
            GatewayConfig config,
            PublicAddress address,
            ModelCatalog catalog,
            TopicSetup topics,
            Projector projector,
            ProgressFeed progress,
            Webhooks webhooks,
            Reconciler reconciler,
            ViewStatus status) {
        this.config = config;
        this.address = address;
        this.catalog = catalog;
        this.topics = topics;
        this.projector = projector;
        this.progress = progress;
        this.webhooks = webhooks;
        this.reconciler = reconciler;
        this.status = status;
        this.starter = Thread.ofPlatform().name("starter").daemon().unstarted(this::bringUp);
    }

    /** Begins to start; requests are answered meanwhile as far as they can be. */
    public void start() {
        catalog.start();
        starter.start();
    }

    /** Stops everything. */
    public void close() {
        stopping = true;
        reconciler.close();
        webhooks.close();
        projector.close();
        progress.close();
        catalog.close();
    }

    private void bringUp() {
        makeTopics();
        if (stopping) {
            return;
        }
        progress.start();
        projector.start();
        webhooks.start();
        reconciler.start();
        while (!stopping && status.builtEpoch().isEmpty()) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        String url = address.listening();
        LOG.infof("ready url=%s models=%s", url, catalog.all().size());
        config.readyFile().ifPresent(file -> announce(file, url));
    }

    private void makeTopics() {
        Set<String> pools = new HashSet<>(config.pools());
        pools.addAll(catalog.pools());
        while (!stopping) {
            try {
                topics.ensure(pools);
                return;
            } catch (IllegalStateException e) {
                LOG.warnf("topics not made yet, trying again reason=%s", e.getMessage());
                LockSupport.parkNanos(AFTER_FAULT.toNanos());
            }
        }
    }

    private static void announce(Path file, String address) {
        try {
            Path draft = file.resolveSibling(file.getFileName() + ".draft");
            Files.writeString(draft, address + "\n");
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.errorf("cannot write the ready file file=%s error=%s", file, e);
        }
    }
}
