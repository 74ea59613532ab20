package dev.genfleet.worker.lease;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All slots of a worker. Safe on any thread; starting and closing twice does nothing more. */
public final class Slots implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Slots.class);
    private static final Duration SETTLE_WAIT = Duration.ofSeconds(10);

    private final List<Slot> slots;
    private final List<Thread> threads;

    /** Slots that do not run yet. */
    public Slots(List<Slot> slots) {
        this.slots = List.copyOf(slots);
        this.threads = this.slots.stream()
                .map(slot -> Thread.ofPlatform().name(slot.name()).unstarted(slot))
                .toList();
    }

    /** How many. */
    public int count() {
        return slots.size();
    }

    /** Starts taking jobs. */
    public synchronized void start() {
        for (Thread thread : threads) {
            if (thread.getState() == Thread.State.NEW) {
                thread.start();
            }
        }
    }

    /** Waits until every slot has asked for a record; false when they have not within {@code wait}. */
    public boolean awaitRunning(Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        for (Slot slot : slots) {
            if (!slot.running().await(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Takes no further job and puts aside those that are held, or finishes them where little is left; what is still held after
     * {@code deadline} is given back as it is.
     */
    public void drain(Duration deadline) throws InterruptedException {
        slots.forEach(slot -> slot.stop(Slot.STOPS));
        if (!join(deadline)) {
            LOG.atWarn().addKeyValue("deadline_seconds", deadline.toSeconds()).log("jobs still run and are given back");
            slots.forEach(slot -> slot.abandon(Slot.STOPS));
            if (!join(SETTLE_WAIT)) {
                threads.forEach(Thread::interrupt);
            }
        }
    }

    /** Gives back everything at once. */
    @Override
    public void close() {
        try {
            drain(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean join(Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        for (Thread thread : threads) {
            if (thread.getState() == Thread.State.NEW) {
                continue;
            }
            long left = end - System.nanoTime();
            if (!thread.join(Duration.ofNanos(Math.max(0, left)))) {
                return false;
            }
        }
        return true;
    }
}
