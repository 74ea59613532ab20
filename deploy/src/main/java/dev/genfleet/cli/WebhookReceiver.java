package dev.genfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Receives the demo's webhooks on a loopback port and checks their signatures; a wrong one is answered with 401. */
final class WebhookReceiver implements AutoCloseable {

    private final HttpServer server;
    private final WebhookSignature signature;
    private final Map<String, BlockingQueue<Delivery>> deliveries = new ConcurrentHashMap<>();

    private WebhookReceiver(HttpServer server, WebhookSignature signature) {
        this.server = server;
        this.signature = signature;
    }

    static WebhookReceiver start(String secret) throws CommandFailure {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            WebhookReceiver receiver = new WebhookReceiver(server, new WebhookSignature(secret));
            server.createContext("/webhook", receiver::receive);
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new CommandFailure("cannot listen for webhooks on the loopback interface: " + e.getMessage(), e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhook");
    }

    /** The next delivery about {@code job} of one type; those about others wait for whoever asks for them. */
    Optional<Delivery> await(String job, String type, Duration limit) throws InterruptedException {
        return Optional.ofNullable(about(job, type).poll(limit.toMillis(), TimeUnit.MILLISECONDS));
    }

    private BlockingQueue<Delivery> about(String job, String type) {
        return deliveries.computeIfAbsent(type + " " + job, key -> new LinkedBlockingQueue<>());
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean verified = signature.holds(
                    header(exchange, "webhook-id"),
                    header(exchange, "webhook-timestamp"),
                    header(exchange, "webhook-signature"),
                    body,
                    Instant.now());
            exchange.sendResponseHeaders(verified ? 204 : 401, -1);
            JsonNode payload = Json.read(body, JsonNode.class);
            String job = payload.path("data").path("id").asText();
            String type = payload.path("type").asText();
            about(job, type).add(new Delivery(type, job, verified));
        } catch (MalformedRecordException e) {
            // About no job that anybody waits for.
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /**
     * One webhook.
     *
     * @param type {@code generation.succeeded} …
     * @param job id of the job
     * @param verified whether its signature is right
     */
    record Delivery(String type, String job, boolean verified) {}
}
