package dev.genfleet.gateway.catalog;

import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import dev.genfleet.wire.RedisKeys;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Which workers have which models loaded, by their heartbeats; empty while Redis does not answer. */
@Singleton
final class LoadedModels {

    private static final Logger LOG = Logger.getLogger(LoadedModels.class);
    private static final int CHUNK = 200;

    private final RedisClient redis;

    LoadedModels(RedisClient redis) {
        this.redis = redis;
    }

    /** The workers alive now. */
    List<Heartbeat> workers() {
        try {
            List<String> keys = keys();
            return keys.isEmpty()
                    ? List.of()
                    : redis.mget(keys.toArray(String[]::new)).stream()
                            .filter(Objects::nonNull)
                            .flatMap(json -> read(json).stream())
                            .toList();
        } catch (JedisException e) {
            LOG.debugf("heartbeats not read error=%s", e);
            return List.of();
        }
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        ScanParams pattern = new ScanParams().match(RedisKeys.worker("*")).count(CHUNK);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> page = redis.scan(cursor, pattern);
            keys.addAll(page.getResult());
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
        return keys.stream().sorted().toList();
    }

    private static List<Heartbeat> read(String json) {
        try {
            return List.of(Json.read(json.getBytes(StandardCharsets.UTF_8), Heartbeat.class));
        } catch (MalformedRecordException e) {
            LOG.debugf("heartbeat ignored reason=%s", e.getMessage());
            return List.of();
        }
    }

    /**
     * What a worker says about itself.
     *
     * @param id worker
     * @param models what it has loaded
     */
    record Heartbeat(String id, List<Loaded> models) {
        Heartbeat {
            Objects.requireNonNull(id, "id");
            models = models == null ? List.of() : List.copyOf(models);
        }

        boolean has(String model, String digest) {
            return models.stream().anyMatch(loaded -> model.equals(loaded.name()) && digest.equals(loaded.digest()));
        }
    }

    /**
     * A model that a worker has loaded.
     *
     * @param name model
     * @param digest digest of its package
     */
    record Loaded(String name, String digest) {}
}
