package dev.genfleet.worker.config;

import java.time.Duration;

/**
 * How often running jobs are kept, and where.
 *
 * @param every time between two checkpoints of a job; zero for none but when the worker stops; {@code GENFLEET_CHECKPOINT_SECONDS}
 * @param mostInRedis bytes of the largest checkpoint that goes to Redis, larger ones go to object storage; {@code
 *     GENFLEET_CHECKPOINT_REDIS_BYTES}
 */
public record CheckpointSettings(Duration every, int mostInRedis) {

    static CheckpointSettings read(Environment env) {
        return new CheckpointSettings(
                env.optional(
                        "GENFLEET_CHECKPOINT_SECONDS",
                        Forms.decimalSeconds(3600),
                        "a number from 0 to 3600, such as 2 or 0.5",
                        Duration.ofSeconds(2)),
                env.optional(
                        "GENFLEET_CHECKPOINT_REDIS_BYTES",
                        Forms.number(0, 64 << 20),
                        "a number from 0 to 67108864",
                        256 << 10));
    }
}
