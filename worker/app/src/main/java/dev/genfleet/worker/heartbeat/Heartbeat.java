package dev.genfleet.worker.heartbeat;

import dev.genfleet.wire.Json;
import dev.genfleet.wire.RedisKeys;
import dev.genfleet.worker.redis.RedisSession;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.params.SetParams;

/** Writes the worker's status again and again, so that it is gone 15 s after the worker is. */
public final class Heartbeat implements AutoCloseable {

    /** How long a status stays without being written again. */
    public static final Duration KEPT = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final RedisSession redis;
    private final String workerId;
    private final Supplier<WorkerStatus> status;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("heartbeat").factory());

    /**
     * A heartbeat that does not beat yet.
     *
     * @param status asked before each beat
     */
    public Heartbeat(RedisSession redis, String workerId, Supplier<WorkerStatus> status) {
        this.redis = redis;
        this.workerId = workerId;
        this.status = status;
    }

    /** Beats at once and every two seconds. */
    public void start() {
        var unused = executor.scheduleWithFixedDelay(this::beat, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        try {
            String json = new String(Json.write(status.get()), StandardCharsets.UTF_8);
            if (!redis.tell(jedis -> jedis.set(
                    RedisKeys.worker(workerId), json, SetParams.setParams().ex(KEPT.toSeconds())))) {
                LOG.debug("heartbeat lost");
            }
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("heartbeat failed");
        }
    }

    /** Beats no more and takes the status away. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (executor.awaitTermination(KEPT.toSeconds(), TimeUnit.SECONDS)
                    && !redis.tell(jedis -> jedis.del(RedisKeys.worker(workerId)))) {
                LOG.debug("the heartbeat disappears by itself");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
