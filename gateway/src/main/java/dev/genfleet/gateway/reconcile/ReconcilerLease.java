package dev.genfleet.gateway.reconcile;

import dev.genfleet.wire.RedisKeys;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import redis.clients.jedis.RedisClient;

/** Lets one gateway at a time reconcile, as long as Redis remembers. */
@Singleton
final class ReconcilerLease {

    private static final String KEY = RedisKeys.PREFIX + "reconciler";
    private static final Duration KEPT = Duration.ofSeconds(15);
    private static final String TAKE_OR_KEEP = """
            local holder = redis.call('GET', KEYS[1])
            if holder and holder ~= ARGV[1] then return 0 end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            return 1
            """;

    private final RedisClient redis;
    private final String self = UUID.randomUUID().toString();

    ReconcilerLease(RedisClient redis) {
        this.redis = redis;
    }

    /** Whether this gateway holds the lease now; takes it when nobody does. */
    boolean mine() {
        return Long.valueOf(1)
                .equals(redis.eval(TAKE_OR_KEEP, List.of(KEY), List.of(self, Long.toString(KEPT.toMillis()))));
    }
}
