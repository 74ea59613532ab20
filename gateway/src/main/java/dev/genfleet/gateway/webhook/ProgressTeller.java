package dev.genfleet.gateway.webhook;

import dev.genfleet.event.Progress;
import dev.genfleet.gateway.document.JobDocuments;
import dev.genfleet.gateway.http.PublicAddress;
import dev.genfleet.gateway.view.JobSignals;
import dev.genfleet.gateway.view.JobView;
import dev.genfleet.gateway.view.ViewStore;
import dev.genfleet.job.JobId;
import dev.genfleet.job.WebhookTarget;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.TraceContext;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Tells progress to those who asked for it: lossy, at most every half second for a job, never repeated. The gateway that tells of the
 * job's events tells its progress too.
 */
@Singleton
final class ProgressTeller {

    private static final Logger LOG = Logger.getLogger(ProgressTeller.class);
    private static final String TYPE = "generation.progress";
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final int MOST_AT_ONCE = 32;

    private final JobSignals signals;
    private final ViewStore store;
    private final JobDocuments documents;
    private final PublicAddress address;
    private final Ownership ownership;
    private final Sender sender;
    private final Throttle throttle = new Throttle(INTERVAL);
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final ExecutorService senders = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("webhook-progress-", 0).factory());

    ProgressTeller(
            JobSignals signals,
            ViewStore store,
            JobDocuments documents,
            PublicAddress address,
            Ownership ownership,
            Sender sender) {
        this.signals = signals;
        this.store = store;
        this.documents = documents;
        this.address = address;
        this.ownership = ownership;
        this.sender = sender;
    }

    void start() {
        signals.hear(this::heard);
    }

    void close() {
        senders.shutdown();
    }

    private void heard(Progress progress) {
        if (!senders.isShutdown() && throttle.pass(progress.jobId(), Instant.now()) && places.tryAcquire()) {
            senders.execute(() -> {
                try {
                    tell(progress);
                } catch (RuntimeException e) {
                    LOG.debugf("progress not told job_id=%s error=%s", progress.jobId(), e);
                } finally {
                    places.release();
                }
            });
        }
    }

    private void tell(Progress progress) {
        JobView.fold(store.find(progress.jobId()))
                .filter(view -> !view.state().terminal())
                .filter(view -> view.lease().filter(progress.leaseId()::equals).isPresent())
                .filter(view -> ownership.ready().contains(view.lastPosition().partition()))
                .ifPresent(view -> view.job()
                        .webhook()
                        .filter(target -> target.events().contains(TYPE))
                        .map(WebhookTarget::url)
                        .ifPresent(url -> send(url, view, progress)));
    }

    private void send(URI url, JobView view, Progress progress) {
        Payload payload = new Payload(TYPE, progress.time(), documents.of(view, address.base()));
        Answer answer = sender.send(
                url, id(view.job().id(), progress), Instant.now(), Json.write(payload), TraceContext.start());
        LOG.debugf("progress told job_id=%s step=%s answer=%s", view.job().id(), progress.step(), answer);
    }

    private static String id(JobId id, Progress progress) {
        String what = id + " " + progress.leaseId() + " " + progress.step();
        return "msg_"
                + UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
    }
}
