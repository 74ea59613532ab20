package dev.genfleet.gateway.view;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Predicate;
import redis.clients.jedis.exceptions.JedisException;

/** Waits for a job's view to become what someone wants it to be. The calling thread waits. */
@Singleton
public final class JobAwaiter {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final JobReader reader;
    private final JobSignals signals;

    public JobAwaiter(JobReader reader, JobSignals signals) {
        this.reader = reader;
        this.signals = signals;
    }

    /** The job at its end, or as it is when {@code longest} has passed. */
    public JobView awaitEnd(JobView view, Duration longest) {
        return await(view, longest, later -> later.state().terminal());
    }

    private JobView await(JobView view, Duration longest, Predicate<JobView> wanted) {
        long until = System.nanoTime() + longest.toNanos();
        JobView latest = view;
        try (JobWatch watch = signals.watch(view.job().id())) {
            while (true) {
                latest = reader.peek(view.job().id()).orElse(latest);
                long left = until - System.nanoTime();
                if (wanted.test(latest) || left <= 0) {
                    return latest;
                }
                watch.await(Duration.ofNanos(Math.min(left, LONGEST_PAUSE.toNanos())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return latest;
        } catch (JedisException e) {
            return latest;
        }
    }
}
