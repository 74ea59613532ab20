package dev.genfleet.gateway.view;

import dev.genfleet.event.Progress;
import dev.genfleet.job.JobId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/** Follows one job; keeps the latest progress only. One thread waits, any thread wakes it. */
public final class JobWatch implements AutoCloseable {

    private final BiConsumer<JobId, JobWatch> onClose;
    private final JobId id;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean changed;
    private Optional<Progress> progress = Optional.empty();

    JobWatch(BiConsumer<JobId, JobWatch> onClose, JobId id) {
        this.onClose = onClose;
        this.id = id;
    }

    /**
     * Waits until something has happened since the call before.
     *
     * @param longest gives up after it
     */
    public Signal await(Duration longest) throws InterruptedException {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (!changed && progress.isEmpty() && left > 0) {
                left = woken.awaitNanos(left);
            }
            Signal signal = new Signal(changed, progress);
            changed = false;
            progress = Optional.empty();
            return signal;
        } finally {
            lock.unlock();
        }
    }

    void changed() {
        lock.lock();
        try {
            changed = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void progressed(Progress latest) {
        lock.lock();
        try {
            progress = Optional.of(latest);
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        onClose.accept(id, this);
    }

    /**
     * What has happened.
     *
     * @param viewChanged whether the job's view may have changed
     * @param progress the latest progress
     */
    public record Signal(boolean viewChanged, Optional<Progress> progress) {

        /** Whether nothing has happened. */
        public boolean quiet() {
            return !viewChanged && progress.isEmpty();
        }
    }
}
