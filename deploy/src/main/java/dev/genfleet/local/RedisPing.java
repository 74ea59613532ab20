package dev.genfleet.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Ready once Redis answers PONG (it answers LOADING while it still reads its data). */
final class RedisPing implements Readiness {

    private static final int TIMEOUT_MS = 500;

    private final int port;

    RedisPing(int port) {
        this.port = port;
    }

    @Override
    public Optional<String> address() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(5);
            return new String(answer, StandardCharsets.US_ASCII).equals("+PONG")
                    ? Optional.of("redis://127.0.0.1:" + port)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
