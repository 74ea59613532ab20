package dev.genfleet.worker.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import redis.embedded.RedisServer;

/** Kafka, Redis and object storage for one test class. */
public final class RealParts {

    private final KafkaBroker kafka;
    private final RedisServer redis;
    private final S3Server s3;
    private final Path home;

    private RealParts(KafkaBroker kafka, RedisServer redis, S3Server s3, Path home) {
        this.kafka = kafka;
        this.redis = redis;
        this.s3 = s3;
        this.home = home;
    }

    /** Starts all of them. */
    public static RealParts start(Path home, Duration lock) throws Exception {
        RedisServer redis = RedisServer.newRedisServer()
                .port(freePort())
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        redis.start();
        S3Server s3 = S3Server.start(Files.createDirectories(home.resolve("s3")));
        KafkaBroker kafka = KafkaBroker.start(Files.createDirectories(home.resolve("kafka")), lock);
        kafka.createSharedTopics();
        return new RealParts(kafka, redis, s3, home);
    }

    public KafkaBroker kafka() {
        return kafka;
    }

    public S3Server s3() {
        return s3;
    }

    public URI redisUri() {
        return URI.create("redis://127.0.0.1:" + redis.ports().getFirst());
    }

    /** The environment of a worker on these parts that takes the jobs of {@code pool}. */
    public Map<String, String> environment(String workerId, String pool) throws IOException {
        return new HashMap<>(Map.of(
                "GENFLEET_WORKER_ID",
                workerId,
                "GENFLEET_KAFKA",
                kafka.bootstrap(),
                "GENFLEET_REDIS",
                redisUri().toString(),
                "GENFLEET_S3_ENDPOINT",
                s3.endpoint().toString(),
                "GENFLEET_S3_ACCESS_KEY",
                S3Server.ACCESS_KEY,
                "GENFLEET_S3_SECRET_KEY",
                S3Server.SECRET_KEY,
                "GENFLEET_MODELS_DIR",
                Files.createDirectories(home.resolve("models")).toString(),
                "GENFLEET_POOLS",
                pool,
                "GENFLEET_SLOTS",
                "interactive:1,batch:1"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Stops all of them. */
    public void close() throws Exception {
        kafka.close();
        s3.close();
        redis.stop();
    }
}
