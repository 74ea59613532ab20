package dev.genfleet.gateway.view;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import redis.clients.jedis.RedisClient;

/** The sentinel by which a lost view is noticed: a key that says which making of the view Redis holds. */
@Singleton
public final class ViewEpoch {

    /** A new epoch knows no offsets. */
    private static final String BEGIN =
            "if redis.call('SETNX', KEYS[1], ARGV[1]) == 1 then redis.call('DEL', KEYS[2]) end return 1";

    private final RedisClient redis;

    public ViewEpoch(RedisClient redis) {
        this.redis = redis;
    }

    /** The epoch that Redis holds; empty when the view is lost or being dropped. */
    public Optional<String> current() {
        return Optional.ofNullable(redis.get(ViewKeys.EPOCH)).filter(epoch -> !epoch.equals(ViewKeys.DROPPING));
    }

    /** Begins a new epoch unless there is one; empty while the view is being dropped. */
    public Optional<String> begin() {
        redis.eval(
                BEGIN,
                List.of(ViewKeys.EPOCH, ViewKeys.OFFSETS),
                List.of(UUID.randomUUID().toString()));
        return current();
    }

    /** Says that everything up to the start of the epoch has been applied. */
    public void built(String epoch) {
        redis.set(ViewKeys.BUILT, epoch);
    }
}
