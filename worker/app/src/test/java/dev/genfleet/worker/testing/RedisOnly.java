package dev.genfleet.worker.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import redis.embedded.RedisServer;

/** A Redis of one's own. */
public final class RedisOnly implements AutoCloseable {

    private final RedisServer server;

    private RedisOnly(RedisServer server) {
        this.server = server;
    }

    /** Starts on a free port. */
    public static RedisOnly start() throws IOException {
        RedisServer server = RedisServer.newRedisServer()
                .port(freePort())
                .bind("127.0.0.1")
                .setting("save \"\"")
                .build();
        server.start();
        return new RedisOnly(server);
    }

    public URI uri() {
        return URI.create("redis://127.0.0.1:" + server.ports().getFirst());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        server.stop();
    }
}
