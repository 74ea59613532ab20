package dev.genfleet.worker.metrics;

import dev.genfleet.engine.ForwardObserver;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the engine's forwards by how many rows each had, which shows whether jobs shared them. */
public final class ForwardCounts implements ForwardObserver {

    private final LongAdder forwards = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final Map<Integer, LongAdder> byRows = new ConcurrentSkipListMap<>();
    private final Map<Integer, LongAdder> bySamples = new ConcurrentSkipListMap<>();

    @Override
    public void forward(int rowsOfForward, int samples, Duration took) {
        forwards.increment();
        rows.add(rowsOfForward);
        nanos.add(took.toNanos());
        byRows.computeIfAbsent(rowsOfForward, unused -> new LongAdder()).increment();
        bySamples.computeIfAbsent(samples, unused -> new LongAdder()).increment();
    }

    /** The counts now. */
    public Snapshot snapshot() {
        return new Snapshot(forwards.sum(), rows.sum(), nanos.sum() / 1e9, sums(byRows), sums(bySamples));
    }

    private static NavigableMap<Integer, Long> sums(Map<Integer, LongAdder> counts) {
        NavigableMap<Integer, Long> sums = new TreeMap<>();
        counts.forEach((key, count) -> sums.put(key, count.sum()));
        return sums;
    }

    /**
     * Counts since the worker started.
     *
     * @param forwards forwards of the denoiser
     * @param rows rows of all forwards together
     * @param seconds time in forwards
     * @param rowsHistogram rows of a forward → forwards
     * @param samplesHistogram samples of a forward → forwards
     */
    public record Snapshot(
            long forwards,
            long rows,
            double seconds,
            NavigableMap<Integer, Long> rowsHistogram,
            NavigableMap<Integer, Long> samplesHistogram) {}
}
