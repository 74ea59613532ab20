package dev.genfleet.engine;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.Queue;

/**
 * Denoised samples that wait for a {@link FrameDecoder}. The engine's thread never waits here: a full queue refuses, and {@code
 * freed} says when to try again. Safe on any thread.
 */
final class DecodeStage {

    private final int capacity;
    private final Runnable freed;
    private final Queue<Sample> waiting = new ArrayDeque<>();

    /**
     * An empty queue.
     *
     * @param capacity pictures that may wait
     * @param freed called when a waiting picture was taken
     */
    DecodeStage(int capacity, Runnable freed) {
        this.capacity = capacity;
        this.freed = freed;
    }

    /** Hands a denoised sample over, unless the queue is full. */
    synchronized boolean offer(Sample sample) {
        if (waiting.size() >= capacity) {
            return false;
        }
        waiting.add(sample);
        notifyAll();
        return true;
    }

    /** Waits for the sample that came first. */
    Sample take() throws InterruptedException {
        Sample first;
        synchronized (this) {
            while (waiting.isEmpty()) {
                wait();
            }
            first = waiting.remove();
        }
        freed.run();
        return first;
    }

    /** The first sample whose frames can share a forward with those of {@code other}, if one waits. */
    Optional<Sample> takeLike(Sample other) {
        Optional<Sample> found = removeLike(other);
        found.ifPresent(_ -> freed.run());
        return found;
    }

    private synchronized Optional<Sample> removeLike(Sample other) {
        for (Iterator<Sample> all = waiting.iterator(); all.hasNext(); ) {
            Sample sample = all.next();
            if (frameOf(sample).equals(frameOf(other))) {
                all.remove();
                return Optional.of(sample);
            }
        }
        return Optional.empty();
    }

    /** Model and shape of each of a sample's frames. */
    private static LaneKey frameOf(Sample sample) {
        LaneKey lane = sample.plan().lane();
        return new LaneKey(lane.digest(), lane.shape().frame());
    }
}
