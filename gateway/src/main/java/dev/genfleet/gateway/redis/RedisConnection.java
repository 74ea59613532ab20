package dev.genfleet.gateway.redis;

import dev.genfleet.gateway.config.GatewayConfig;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.util.JedisURIHelper;

/** Opens the pool; connections are made when needed, so a Redis that is away does not hinder the start. */
@Singleton
public final class RedisConnection {

    private static final int MOST_CONNECTIONS = 64;
    private static final int ANSWER_MILLIS = 2000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    /**
     * A pool to {@code address}.
     *
     * @param address {@code redis://host:port}
     */
    public static RedisClient open(String address) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(MOST_CONNECTIONS);
        pool.setMaxIdle(MOST_CONNECTIONS);
        pool.setMaxWait(LONGEST_WAIT);
        URI uri = URI.create(address);
        return RedisClient.builder()
                .hostAndPort(JedisURIHelper.getHostAndPort(uri))
                .clientConfig(DefaultJedisClientConfig.builder(uri)
                        .timeoutMillis(ANSWER_MILLIS)
                        .build())
                .poolConfig(pool)
                .build();
    }

    @Produces
    @Singleton
    RedisClient client(GatewayConfig config) {
        return open(config.redis());
    }

    void close(@Disposes RedisClient client) {
        client.close();
    }
}
