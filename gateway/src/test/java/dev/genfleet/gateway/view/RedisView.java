package dev.genfleet.gateway.view;

import dev.genfleet.gateway.redis.RedisConnection;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import redis.clients.jedis.RedisClient;
import redis.embedded.RedisServer;

/** A real Redis of the test's own on a free port. */
final class RedisView implements BeforeAllCallback, AfterAllCallback {

    private RedisServer server;
    private RedisClient client;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        int port = freePort();
        server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
        client = RedisConnection.open("redis://127.0.0.1:" + port);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        client.close();
        server.stop();
    }

    RedisClient client() {
        return client;
    }

    ViewStore store() {
        return new ViewStore(client, Duration.ofDays(1));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
