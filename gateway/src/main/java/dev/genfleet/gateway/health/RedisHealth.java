package dev.genfleet.gateway.health;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** Redis answers. */
@Readiness
@Singleton
final class RedisHealth implements HealthCheck {

    private final RedisClient redis;

    RedisHealth(RedisClient redis) {
        this.redis = redis;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            redis.ping();
            return HealthCheckResponse.up("redis");
        } catch (JedisException e) {
            return HealthCheckResponse.named("redis")
                    .down()
                    .withData("reason", String.valueOf(e.getMessage()))
                    .build();
        }
    }
}
