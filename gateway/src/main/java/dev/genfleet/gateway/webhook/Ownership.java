package dev.genfleet.gateway.webhook;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which partitions this gateway tells about. A partition that was just taken over may be told about once the ledger has read what
 * its last owner noted. Any thread.
 */
@Singleton
final class Ownership {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Set<Integer> owned = new HashSet<>();
    private boolean ledgerBehind = true;
    private boolean work;

    void assigned(Collection<Integer> partitions) {
        locked(() -> {
            owned.addAll(partitions);
            ledgerBehind = true;
        });
    }

    void revoked(Collection<Integer> partitions) {
        locked(() -> owned.removeAll(partitions));
    }

    /** Whether the ledger has to reach the end of its topic, as it is now, before more is sent. */
    boolean ledgerBehind() {
        lock.lock();
        try {
            return ledgerBehind;
        } finally {
            lock.unlock();
        }
    }

    /** The ledger has read everything that was there when it last looked at {@link #ledgerBehind}. */
    void ledgerCaughtUp() {
        locked(() -> ledgerBehind = false);
    }

    /** Something may be due. */
    void wakeDispatcher() {
        locked(() -> {});
    }

    /** Partitions that may be told about now. */
    Set<Integer> ready() {
        lock.lock();
        try {
            return ledgerBehind ? Set.of() : Set.copyOf(owned);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something may be due. */
    void await(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (!work && left > 0) {
                left = woken.awaitNanos(left);
            }
            work = false;
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            work = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
