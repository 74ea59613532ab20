package dev.genfleet.worker.redis;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Redis, when it is there. After a failure it is left alone for a moment, so that an outage costs each caller next to nothing.
 * Safe on any thread.
 */
public final class RedisSession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisSession.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LEFT_ALONE = Duration.ofSeconds(1);
    private static final int MOST_CONNECTIONS = 16;

    private final UnifiedJedis client;
    private final InstantSource clock;
    private volatile Instant retryAt = Instant.MIN;

    /**
     * A session on a client that it closes.
     *
     * @param client with short timeouts
     * @param clock says when to try again after a failure
     */
    public RedisSession(UnifiedJedis client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Connects when first used. */
    public static RedisSession open(URI uri, InstantSource clock) {
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(MOST_CONNECTIONS);
        pool.setMaxWait(TIMEOUT);
        pool.setTestOnBorrow(true);
        pool.setJmxEnabled(false);
        return new RedisSession(
                RedisClient.builder()
                        .clientConfig(DefaultJedisClientConfig.builder(uri)
                                .timeoutMillis((int) TIMEOUT.toMillis())
                                .build())
                        .hostAndPort(uri.getHost(), uri.getPort() < 0 ? 6379 : uri.getPort())
                        .poolConfig(pool)
                        .build(),
                clock);
    }

    /** What {@code command} answers; empty when Redis does not. The command must not answer null. */
    public <T> Optional<T> ask(Function<UnifiedJedis, T> command) {
        Instant blockedUntil = retryAt;
        if (clock.instant().isBefore(blockedUntil)) {
            return Optional.empty();
        }
        try {
            T answer = command.apply(client);
            if (!blockedUntil.equals(Instant.MIN)) {
                retryAt = Instant.MIN;
                LOG.info("Redis answers again");
            }
            return Optional.of(answer);
        } catch (JedisException e) {
            if (blockedUntil.equals(Instant.MIN)) {
                LOG.atWarn().addKeyValue("reason", e.getMessage()).log("Redis does not answer; jobs go on without it");
            }
            retryAt = clock.instant().plus(LEFT_ALONE);
            return Optional.empty();
        }
    }

    /** Does {@code command}; false when Redis did not answer. */
    public boolean tell(Consumer<UnifiedJedis> command) {
        return ask(jedis -> {
                    command.accept(jedis);
                    return true;
                })
                .isPresent();
    }

    @Override
    public void close() {
        client.close();
    }
}
