package dev.genfleet.gateway.submission;

import dev.genfleet.fault.ErrorCode;
import dev.genfleet.gateway.http.ProblemException;
import dev.genfleet.job.QueuedJob;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import dev.genfleet.wire.RedisKeys;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/**
 * Claims of idempotency keys in Redis. A claim holds the complete job, seed included, so that whoever comes second can publish
 * the same job again if the first one died before he could.
 */
@Singleton
final class Claims {

    private static final Duration KEPT = Duration.ofHours(24);

    private final RedisClient redis;

    Claims(RedisClient redis) {
        this.redis = redis;
    }

    /**
     * Claims the key of {@code job} for it.
     *
     * @param job a job with an idempotency claim
     * @return the job that holds the key: {@code job} itself, or the earlier one
     * @throws ProblemException when Redis does not answer, or when the key belongs to another body
     */
    QueuedJob claim(QueuedJob job) {
        QueuedJob.IdempotencyClaim claim = job.idempotency().orElseThrow();
        QueuedJob holder = holder(RedisKeys.idempotency(claim.keyHash()), job);
        if (!holder.idempotency().map(QueuedJob.IdempotencyClaim::bodyHash).equals(Optional.of(claim.bodyHash()))) {
            throw new ProblemException(
                    ErrorCode.IDEMPOTENCY_KEY_REUSED,
                    "The Idempotency-Key was used for job " + holder.id()
                            + " with another body; a key belongs to one body for 24 hours.");
        }
        return holder;
    }

    private QueuedJob holder(String key, QueuedJob job) {
        try {
            String json = new String(Json.write(job), StandardCharsets.UTF_8);
            SetParams ifFree = SetParams.setParams().nx().ex(KEPT.toSeconds());
            if (redis.set(key, json, ifFree) != null) {
                return job;
            }
            Optional<String> earlier = Optional.ofNullable(redis.get(key));
            return earlier.isPresent()
                    ? Json.read(earlier.get().getBytes(StandardCharsets.UTF_8), QueuedJob.class)
                    : holder(key, job);
        } catch (JedisException e) {
            throw new ProblemException(
                    ErrorCode.UNAVAILABLE,
                    "Idempotency keys cannot be kept now; try again shortly, or submit without a key.",
                    e);
        } catch (MalformedRecordException e) {
            throw new IllegalStateException("the claim " + key + " cannot be read", e);
        }
    }
}
