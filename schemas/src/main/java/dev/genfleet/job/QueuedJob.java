package dev.genfleet.job;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A job as it waits in Kafka: the data of a {@code genfleet.generation.queued.v1} record.
 *
 * @param id identity, also the record's key
 * @param tenant who submitted it
 * @param pool class of device that serves the model
 * @param priority decides the topic
 * @param spec what to generate
 * @param createdAt when the gateway took it
 * @param deadline not started by then means expired
 * @param webhook where to tell
 * @param previews whether its progress is to show small pictures of what is under way; absent means no
 * @param metadata the caller's own pairs, returned as they came
 * @param idempotency the claim under which it was submitted
 */
public record QueuedJob(
        JobId id,
        String tenant,
        String pool,
        Priority priority,
        GenerationSpec spec,
        Instant createdAt,
        Optional<Instant> deadline,
        Optional<WebhookTarget> webhook,
        Optional<Boolean> previews,
        Map<String, String> metadata,
        Optional<IdempotencyClaim> idempotency) {

    public QueuedJob {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(priority, "priority");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(createdAt, "created_at");
        deadline = orEmpty(deadline);
        webhook = orEmpty(webhook);
        previews = orEmpty(previews);
        metadata = metadata == null ? Map.of() : Map.copyOf(metadata);
        idempotency = orEmpty(idempotency);
    }

    /** Whether the job's deadline has passed at {@code now}; a job without a deadline never expires. */
    public boolean expiredAt(Instant now) {
        return deadline.isPresent() && !now.isBefore(deadline.get());
    }

    private static <T> Optional<T> orEmpty(Optional<T> value) {
        return value == null ? Optional.empty() : value;
    }

    /**
     * Hashes that tell whether a repeated submission is the same one.
     *
     * @param keyHash SHA-256 of tenant and {@code Idempotency-Key}, hexadecimal
     * @param bodyHash SHA-256 of the request body, hexadecimal
     */
    public record IdempotencyClaim(String keyHash, String bodyHash) {
        public IdempotencyClaim {
            Objects.requireNonNull(keyHash, "key_hash");
            Objects.requireNonNull(bodyHash, "body_hash");
        }
    }
}
