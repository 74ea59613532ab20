package dev.genfleet.gateway.webhook;

import dev.genfleet.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lets one thing pass per job and interval. Any thread. */
final class Throttle {

    private static final int MANY = 10_000;

    private final Duration interval;
    private final Map<JobId, Instant> passed = new ConcurrentHashMap<>();

    Throttle(Duration interval) {
        this.interval = interval;
    }

    /** Whether something about the job may pass at {@code now}. */
    boolean pass(JobId id, Instant now) {
        if (passed.size() > MANY) {
            passed.values().removeIf(last -> last.plus(interval).isBefore(now));
        }
        AtomicBoolean mayPass = new AtomicBoolean();
        passed.compute(id, (job, last) -> {
            mayPass.set(last == null || !now.isBefore(last.plus(interval)));
            return mayPass.get() ? now : last;
        });
        return mayPass.get();
    }
}
