package dev.genfleet.worker.lease;

import dev.genfleet.worker.lease.Lease.Renewal;
import dev.genfleet.worker.lease.Lease.Settlement;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Room for one job at a time. Its thread takes a record, hands it on and keeps the lease alive until the attempt says what becomes
 * of the record.
 */
public final class Slot implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Slot.class);
    /** Why slots stop. */
    static final String STOPS = "the worker stops";

    private static final Duration TAKE_WAIT = Duration.ofMillis(500);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofSeconds(1);

    private final String name;
    private final LeaseSource.Factory sources;
    private final LeaseHandler handler;
    private final Requeue requeue;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch running = new CountDownLatch(1);
    private final AtomicReference<Optional<Attempt>> current = new AtomicReference<>(Optional.empty());

    /**
     * A slot that is not running yet.
     *
     * @param name of its thread, {@code slot-n}
     * @param sources opened on the slot's thread, and again after a fault
     * @param handler works on what the slot takes
     * @param requeue used in place of a release when the broker would drop the record
     */
    public Slot(String name, LeaseSource.Factory sources, LeaseHandler handler, Requeue requeue) {
        this.name = name;
        this.sources = sources;
        this.handler = handler;
        this.requeue = requeue;
    }

    String name() {
        return name;
    }

    /** Open once the slot has asked for a record for the first time. */
    CountDownLatch running() {
        return running;
    }

    /** Takes no further record; what is held is put aside, or finished where little is left of it. */
    void stop(String why) {
        stopping.countDown();
        suspend(why);
    }

    private void suspend(String why) {
        current.get().ifPresent(attempt -> attempt.suspend(why));
    }

    /** Gives up what is held. */
    void abandon(String why) {
        current.get().ifPresent(attempt -> attempt.abandon(why));
    }

    @Override
    public void run() {
        while (!isStopping()) {
            try (LeaseSource source = sources.open()) {
                while (!isStopping()) {
                    runOnce(source);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.atError().addKeyValue("slot", name).setCause(e).log("slot met a fault and opens a new consumer");
                pause(PAUSE_AFTER_FAULT);
            }
        }
    }

    /** Takes at most one record and sees it through. */
    void runOnce(LeaseSource source) throws InterruptedException {
        Optional<Lease> taken = source.take(TAKE_WAIT);
        running.countDown();
        if (taken.isEmpty()) {
            return;
        }
        Lease lease = taken.get();
        long takenAt = System.nanoTime();
        if (isStopping()) {
            giveBack(lease, source.deliveryLimit());
            return;
        }
        Attempt attempt = handler.begin(lease.record());
        current.set(Optional.of(attempt));
        try {
            if (isStopping()) {
                // Whoever stopped the slot may not have seen this attempt.
                suspend(STOPS);
            }
            Optional<LeaseOutcome> outcome = awaitOutcome(lease, attempt, takenAt);
            if (outcome.isPresent()) {
                settle(lease, outcome.get(), source.deliveryLimit());
            }
        } finally {
            current.set(Optional.empty());
            if (!attempt.outcome().isDone()) {
                attempt.abandon("the slot no longer holds the record");
            }
        }
    }

    /**
     * Empty when the lease was lost meanwhile.
     *
     * @param takenAt when the record was taken, by the nanosecond clock
     */
    private Optional<LeaseOutcome> awaitOutcome(Lease lease, Attempt attempt, long takenAt)
            throws InterruptedException {
        long renewAt = takenAt + lease.renewEvery().toNanos();
        while (true) {
            try {
                return Optional.of(attempt.outcome().get(renewAt - System.nanoTime(), TimeUnit.NANOSECONDS));
            } catch (TimeoutException stillRunning) {
                if (lease.renew() == Renewal.LOST) {
                    LOG.atWarn().addKeyValue("record", lease.record()).log("lease lost, the attempt is stopped");
                    attempt.abandon("the lease was lost");
                    return Optional.empty();
                }
                renewAt = System.nanoTime() + lease.renewEvery().toNanos();
            } catch (ExecutionException e) {
                throw new IllegalStateException("an attempt's outcome must not fail", e.getCause());
            }
        }
    }

    private void settle(Lease lease, LeaseOutcome outcome, int deliveryLimit) throws InterruptedException {
        switch (outcome) {
            case LeaseOutcome.Accept accept -> lease.settle(Settlement.ACCEPT);
            case LeaseOutcome.Release release -> {
                if (hold(lease, release.holdFor())) {
                    giveBack(lease, deliveryLimit);
                }
            }
        }
    }

    /** Keeps the record for a while, shorter when the slot stops. False when the lease was lost. */
    private boolean hold(Lease lease, Duration holdFor) throws InterruptedException {
        long end = System.nanoTime() + holdFor.toNanos();
        while (true) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return true;
            }
            if (stopping.await(Math.min(left, lease.renewEvery().toNanos()), TimeUnit.NANOSECONDS)) {
                return true;
            }
            if (end - System.nanoTime() > 0 && lease.renew() == Renewal.LOST) {
                return false;
            }
        }
    }

    private void giveBack(Lease lease, int deliveryLimit) {
        if (lease.record().deliveries() < deliveryLimit) {
            lease.settle(Settlement.RELEASE);
            return;
        }
        try {
            requeue.requeue(lease.record());
            LOG.atInfo()
                    .addKeyValue("record", lease.record())
                    .log("record was handed out too often, so it was written anew");
            lease.settle(Settlement.ACCEPT);
        } catch (IOException e) {
            LOG.atError().addKeyValue("record", lease.record()).setCause(e).log("record could not be written anew");
            lease.settle(Settlement.RELEASE);
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void pause(Duration duration) {
        try {
            if (stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atDebug().addKeyValue("slot", name).log("stopping");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
