package dev.genfleet.gateway.document;

import dev.genfleet.event.Progress;
import dev.genfleet.gateway.view.JobView;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import dev.genfleet.wire.RedisKeys;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import redis.clients.jedis.RedisClient;

/** The latest progress of a job, as far as its last lease reported it. */
@Singleton
public final class LatestProgress {

    private final RedisClient redis;

    LatestProgress(RedisClient redis) {
        this.redis = redis;
    }

    /** The latest progress, empty when the last lease reported none. */
    public Optional<Progress> of(JobView view) {
        return Optional.ofNullable(redis.get(RedisKeys.progress(view.job().id())))
                .flatMap(LatestProgress::read)
                .filter(progress ->
                        view.lease().filter(progress.leaseId()::equals).isPresent());
    }

    private static Optional<Progress> read(String json) {
        try {
            return Optional.of(Json.read(json.getBytes(StandardCharsets.UTF_8), Progress.class));
        } catch (MalformedRecordException e) {
            return Optional.empty();
        }
    }
}
