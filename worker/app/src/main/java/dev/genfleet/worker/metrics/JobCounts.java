package dev.genfleet.worker.metrics;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts how attempts ended. */
public final class JobCounts {

    private final Map<Ending, LongAdder> counts = new EnumMap<>(Ending.class);

    /** All zero. */
    public JobCounts() {
        Arrays.stream(Ending.values()).forEach(ending -> counts.put(ending, new LongAdder()));
    }

    /** Counts one more. */
    public void count(Ending ending) {
        counts.get(ending).increment();
    }

    /** How often attempts ended that way. */
    public long of(Ending ending) {
        return counts.get(ending).sum();
    }

    /** How an attempt ended. */
    public enum Ending {
        SUCCEEDED,
        FAILED,
        CANCELED,
        EXPIRED,
        /** Given back for another attempt. */
        RELEASED,
        /** Put aside because the worker stops. */
        SUSPENDED,
        /** The job had ended before. */
        SETTLED_BEFORE,
        /** Not a job. */
        UNREADABLE,
        /** A job of a newer form. */
        NEWER;

        /** Label value. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
