package dev.genfleet.gateway.projection;

import dev.genfleet.event.Progress;
import dev.genfleet.gateway.view.JobSignals;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import dev.genfleet.wire.RedisKeys;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** Hears the workers' progress and wakes those who follow the jobs. Lossy: what comes while Redis is away is missed. */
@Singleton
public final class ProgressFeed {

    private static final Logger LOG = Logger.getLogger(ProgressFeed.class);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);

    private final RedisClient redis;
    private final JobSignals signals;
    private final Thread thread;
    private final JedisPubSub subscription = new JedisPubSub() {
        @Override
        public void onMessage(String channel, String message) {
            try {
                signals.progressed(Json.read(message.getBytes(StandardCharsets.UTF_8), Progress.class));
            } catch (MalformedRecordException e) {
                LOG.debugf("progress ignored reason=%s", e.getMessage());
            }
        }
    };
    private volatile boolean stopping;

    public ProgressFeed(RedisClient redis, JobSignals signals) {
        this.redis = redis;
        this.signals = signals;
        this.thread = Thread.ofPlatform().name("progress-feed").daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    public void close() {
        stopping = true;
        if (subscription.isSubscribed()) {
            subscription.unsubscribe();
        }
        thread.interrupt();
    }

    private void run() {
        while (!stopping) {
            try {
                redis.subscribe(subscription, RedisKeys.PROGRESS_CHANNEL);
            } catch (JedisException e) {
                LOG.debugf("progress feed interrupted error=%s", e);
                LockSupport.parkNanos(AFTER_FAULT.toNanos());
            }
        }
    }
}
