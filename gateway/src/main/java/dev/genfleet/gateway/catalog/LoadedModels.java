package dev.genfleet.gateway.catalog;

import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import dev.genfleet.wire.RedisKeys;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
     * @param models what it has loaded, on whichever device
     * @param devices what each of its devices can run; none from workers that do not say so
     */
    record Heartbeat(String id, List<Loaded> models, List<Device> devices) {
        Heartbeat {
            Objects.requireNonNull(id, "id");
            models = models == null ? List.of() : List.copyOf(models);
            devices = devices == null ? List.of() : List.copyOf(devices);
        }

        boolean has(String model, String digest) {
            return models.stream().anyMatch(loaded -> model.equals(loaded.name()) && digest.equals(loaded.digest()));
        }

        /** Whether a job would have it loaded. */
        boolean loadsOnDemand(String model, String digest) {
            return !has(model, digest)
                    && devices.stream()
                            .flatMap(device -> device.models().stream())
                            .anyMatch(placed -> placed.is(model, digest) && !"failed".equals(placed.state()));
        }

        /** Where it has a model. */
        List<Place> places(String model, String digest) {
            List<Place> places = new ArrayList<>();
            for (Device device : devices) {
                device.models().stream()
                        .filter(placed -> placed.is(model, digest))
                        .filter(placed -> "loaded".equals(placed.state()) || "leaving".equals(placed.state()))
                        .forEach(placed -> places.add(
                                new Place(id, Optional.of(device.device()), placed.bytes(), placed.pinned())));
            }
            if (devices.isEmpty() && has(model, digest)) {
                places.add(new Place(id, Optional.empty(), Optional.empty(), Optional.empty()));
            }
            return places;
        }
    }

    /**
     * A model that a worker has loaded.
     *
     * @param name model
     * @param digest digest of its package
     */
    record Loaded(String name, String digest) {}

    /**
     * A device of a worker.
     *
     * @param device such as {@code cuda:0}
     * @param models what it can run
     */
    record Device(String device, List<Placed> models) {
        Device {
            device = Objects.requireNonNullElse(device, "unknown");
            models = models == null ? List.of() : List.copyOf(models);
        }
    }

    /**
     * A model on a device, or one that it can load.
     *
     * @param name model
     * @param digest digest of its package
     * @param state {@code loaded}, {@code loading}, {@code leaving}, {@code on_demand}, {@code failed} or something newer
     * @param bytes that it takes there, by estimate
     * @param pinned whether it stays
     */
    record Placed(String name, String digest, String state, Optional<Long> bytes, Optional<Boolean> pinned) {
        boolean is(String model, String ofDigest) {
            return model.equals(name) && ofDigest.equals(digest);
        }
    }

    /**
     * Where a model is loaded, as callers see it.
     *
     * @param worker id of the worker
     * @param device of the worker; absent where the worker does not say
     * @param bytes that it takes there, by estimate
     * @param pinned whether it stays
     */
    record Place(String worker, Optional<String> device, Optional<Long> bytes, Optional<Boolean> pinned) {}
}
