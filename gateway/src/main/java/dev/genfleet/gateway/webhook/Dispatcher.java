package dev.genfleet.gateway.webhook;

import dev.genfleet.gateway.config.GatewayConfig;
import dev.genfleet.gateway.kafka.RecordLog;
import dev.genfleet.gateway.view.Position;
import dev.genfleet.gateway.view.RecordId;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/** Hands deliveries that are due to virtual threads, a bounded number at once, each delivery once at a time. */
@Singleton
final class Dispatcher {

    private static final Logger LOG = Logger.getLogger(Dispatcher.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);
    private static final int MOST_AT_ONCE = 64;

    private final DeliveryLedger ledger;
    private final Ownership ownership;
    private final Attempt attempt;
    private final RecordLog log;
    private final MeterRegistry meters;
    private final RetrySchedule schedule;
    private final Set<String> inFlight = ConcurrentHashMap.newKeySet();
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final ExecutorService senders = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("webhook-send-", 0).factory());
    private final Thread thread;
    private volatile boolean stopping;

    Dispatcher(
            GatewayConfig config,
            DeliveryLedger ledger,
            Ownership ownership,
            Attempt attempt,
            RecordLog log,
            MeterRegistry meters) {
        this.ledger = ledger;
        this.ownership = ownership;
        this.attempt = attempt;
        this.log = log;
        this.meters = meters;
        this.schedule = new RetrySchedule(config.webhook().retrySchedule(), Math::random);
        this.thread = Thread.ofPlatform().name("webhook-dispatch").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void close() {
        stopping = true;
        thread.interrupt();
        senders.shutdown();
    }

    private void run() {
        while (!stopping) {
            try {
                runOnce(Instant.now());
                ownership.await(LOOK);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Hands over what is due at {@code now}. */
    void runOnce(Instant now) throws InterruptedException {
        for (Delivery delivery : ledger.due(ownership.ready(), now)) {
            if (inFlight.add(delivery.id())) {
                places.acquire();
                senders.execute(() -> deliver(delivery));
            }
        }
    }

    private void deliver(Delivery delivery) {
        try {
            Instant now = Instant.now();
            if (ledger.disabled(delivery)
                    && delivery.attemptsOfSchedule() == 0
                    && delivery.attempts().isEmpty()) {
                note(Attempt.skip(delivery, now));
            } else {
                attempt.make(delivery, schedule, now).ifPresentOrElse(this::note, Dispatcher::pause);
            }
        } catch (RuntimeException e) {
            LOG.warnf(
                    "webhook not sent, trying again delivery_id=%s job_id=%s error=%s",
                    delivery.id(), delivery.intent().jobId(), e);
            pause();
        } finally {
            inFlight.remove(delivery.id());
            places.release();
        }
    }

    private void note(Note.Attempted attempted) {
        String result = attempted.result().name().toLowerCase(Locale.ROOT);
        meters.counter("genfleet.webhook.attempts", "result", result).increment();
        LOG.infof(
                "webhook %s delivery_id=%s job_id=%s reason=%s",
                result,
                attempted.deliveryId(),
                attempted.jobId(),
                attempted.error().orElse("none"));
        RecordId at = log.note(Topics.WEBHOOK_DELIVERIES, attempted.jobId(), Json.write(attempted));
        ledger.apply(new Position(at.partition(), at.offset()), attempted);
    }

    private static void pause() {
        LockSupport.parkNanos(AFTER_FAULT.toNanos());
    }
}
