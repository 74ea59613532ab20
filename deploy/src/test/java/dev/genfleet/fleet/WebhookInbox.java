package dev.genfleet.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Receives webhooks and verifies them with the Standard Webhooks library, which is not ours. */
final class WebhookInbox implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpServer server;
    private final Webhook verifier;
    private final List<Received> received = new CopyOnWriteArrayList<>();

    private WebhookInbox(HttpServer server, Webhook verifier) {
        this.server = server;
        this.verifier = verifier;
    }

    static WebhookInbox open(String secret) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
        WebhookInbox inbox = new WebhookInbox(server, new Webhook(secret.substring("whsec_".length())));
        server.createContext("/", inbox::receive);
        server.start();
        return inbox;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhook");
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, List<String>> headers = new HashMap<>(exchange.getRequestHeaders());
            boolean verified = verified(body, HttpHeaders.of(headers, (name, value) -> true));
            JsonNode payload = MAPPER.readTree(body);
            received.add(new Received(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    payload.path("type").asText(),
                    payload.path("data").path("id").asText(),
                    verified));
            exchange.sendResponseHeaders(verified ? 204 : 401, -1);
        }
    }

    private boolean verified(String body, HttpHeaders headers) {
        try {
            verifier.verify(body, headers);
            return true;
        } catch (WebhookVerificationException e) {
            return false;
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /**
     * One delivery.
     *
     * @param webhookId the same over retries
     * @param type {@code generation.succeeded} …
     * @param job id of the job
     * @param verified whether the library accepts the signature
     */
    record Received(String webhookId, String type, String job, boolean verified) {}
}
