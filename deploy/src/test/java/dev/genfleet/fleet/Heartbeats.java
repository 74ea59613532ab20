package dev.genfleet.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.genfleet.wire.RedisKeys;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import redis.clients.jedis.RedisClient;

/** Reads from Redis what workers say of themselves. */
final class Heartbeats {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final RedisClient redis;

    Heartbeats(RedisClient redis) {
        this.redis = redis;
    }

    /** The worker's last heartbeat. */
    Optional<JsonNode> of(String worker) throws Exception {
        String json = redis.get(RedisKeys.worker(worker));
        return json == null ? Optional.empty() : Optional.of(MAPPER.readTree(json));
    }

    /** Rows of a forward → how many forwards of the worker had them, since it started. */
    Map<Integer, Long> rows(String worker) throws Exception {
        Map<Integer, Long> rows = new TreeMap<>();
        JsonNode histogram = of(worker)
                .orElseThrow(() -> new AssertionError("worker " + worker + " has no heartbeat"))
                .path("rows_histogram");
        histogram
                .properties()
                .forEach(entry -> rows.put(
                        Integer.valueOf(entry.getKey()), entry.getValue().asLong()));
        return rows;
    }

    /** Forwards of the worker since it started, once its heartbeat says that it runs nothing. */
    long forwardsWhenIdle(String worker, Duration limit) throws Exception {
        return forwardsWhenIdleAgain(worker, -1, limit);
    }

    /** The same once there are more than {@code before}, which a heartbeat from before the job does not say. */
    long forwardsWhenIdleAgain(String worker, long before, Duration limit) throws Exception {
        JsonNode idle = Eventually.within(limit, "an idle worker " + worker, () -> of(worker)
                .filter(status -> status.path("running").asInt() == 0)
                .filter(status -> status.path("forwards").asLong() > before));
        return idle.path("forwards").asLong();
    }
}
