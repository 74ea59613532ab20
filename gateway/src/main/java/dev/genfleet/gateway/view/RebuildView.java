package dev.genfleet.gateway.view;

import dev.genfleet.gateway.redis.RedisConnection;
import dev.genfleet.wire.RedisKeys;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * Drops the view of all jobs; gateways that run notice and build it again from Kafka. Claims, cancel flags, progress and heartbeats
 * stay.
 */
public final class RebuildView {

    private static final String USUAL_REDIS = "redis://localhost:6379";
    private static final Duration DROPPING_AT_MOST = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int CHUNK = 1000;

    private RebuildView() {}

    /**
     * The command.
     *
     * @param environment where {@code GENFLEET_REDIS} may be
     * @param out told how it goes
     * @return exit status: 0 when a gateway has rebuilt the view, 1 when Redis does not answer, 2 when no gateway did in time
     */
    public static int run(Map<String, String> environment, PrintStream out) {
        String address = Optional.ofNullable(environment.get("GENFLEET_REDIS")).orElse(USUAL_REDIS);
        try (RedisClient redis = RedisConnection.open(address)) {
            out.println("dropped the view of " + drop(redis) + " jobs");
            if (awaitBuilt(redis)) {
                out.println("rebuilt");
                return 0;
            }
            out.println("no gateway rebuilt it within " + PATIENCE.toSeconds() + " s: the next one that starts will");
            return 2;
        } catch (JedisException e) {
            out.println("redis at " + address + " does not answer: " + e.getMessage());
            return 1;
        }
    }

    /**
     * Deletes the view. Gateways hold still meanwhile, so that nothing is written that would be deleted afterwards.
     *
     * @return how many jobs it held
     */
    static long drop(RedisClient redis) {
        redis.set(ViewKeys.EPOCH, ViewKeys.DROPPING, SetParams.setParams().ex(DROPPING_AT_MOST.toSeconds()));
        long jobs = deleteAll(redis, RedisKeys.PREFIX + "job:*");
        deleteAll(redis, ViewKeys.PREFIX + "[^e]*");
        redis.del(ViewKeys.EPOCH);
        return jobs;
    }

    private static long deleteAll(RedisClient redis, String pattern) {
        long deleted = 0;
        ScanParams match = new ScanParams().match(pattern).count(CHUNK);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page = redis.scan(cursor, match);
            List<String> keys = page.getResult();
            deleted += keys.isEmpty() ? 0 : redis.del(keys.toArray(String[]::new));
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return deleted;
    }

    private static boolean awaitBuilt(RedisClient redis) {
        Instant until = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(until)) {
            String epoch = redis.get(ViewKeys.EPOCH);
            if (epoch != null && epoch.equals(redis.get(ViewKeys.BUILT))) {
                return true;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return false;
    }
}
