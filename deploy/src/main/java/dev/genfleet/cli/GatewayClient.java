package dev.genfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Talks to a gateway over HTTP. What the gateway refuses becomes a {@link CommandFailure} with the gateway's own sentences. */
final class GatewayClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    /**
     * A client.
     *
     * @param base the gateway's URL
     */
    GatewayClient(URI base) {
        this.base = base;
    }

    /** Submits a job request and returns the job. */
    JsonNode submit(JsonNode request) throws CommandFailure, InterruptedException {
        return json(to("/v1/jobs")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(request))));
    }

    JsonNode job(String id) throws CommandFailure, InterruptedException {
        return json(to("/v1/jobs/" + encoded(id)));
    }

    JsonNode cancel(String id) throws CommandFailure, InterruptedException {
        return json(to("/v1/jobs/" + encoded(id) + "/cancel").POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Array of the catalog's models. */
    JsonNode models() throws CommandFailure, InterruptedException {
        return json(to("/v1/models")).path("data");
    }

    /** The catalog's models, as far as it matters for who takes a job. */
    List<OfferedModel> offers() throws CommandFailure, InterruptedException {
        return models().valueStream().map(OfferedModel::of).toList();
    }

    /**
     * Lines of a job's event stream. The caller closes it.
     *
     * @param after id of the last event already seen
     */
    Stream<String> events(String id, Optional<String> after) throws CommandFailure, InterruptedException {
        HttpRequest.Builder request = to("/v1/jobs/" + encoded(id) + "/events").header("Accept", "text/event-stream");
        after.ifPresent(last -> request.header("Last-Event-ID", last));
        HttpResponse<Stream<String>> response = send(request, BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            throw ProblemText.failure(
                    response.statusCode(), String.join("\n", response.body().toList()));
        }
        return response.body();
    }

    /** Bytes behind a link of the gateway's, wherever that leads. */
    byte[] download(URI link) throws CommandFailure, InterruptedException {
        HttpResponse<byte[]> response =
                send(HttpRequest.newBuilder(base.resolve(link)).timeout(TIMEOUT), BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new CommandFailure(
                    "the output could not be read: " + link.getHost() + " answered " + response.statusCode());
        }
        return response.body();
    }

    private JsonNode json(HttpRequest.Builder request) throws CommandFailure, InterruptedException {
        HttpResponse<byte[]> response = send(request.timeout(TIMEOUT), BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw ProblemText.failure(
                    response.statusCode(), new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
        }
        try {
            return Json.read(response.body(), JsonNode.class);
        } catch (MalformedRecordException e) {
            throw new CommandFailure("the gateway at " + base + " answered with something that is not JSON", e);
        }
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body)
            throws CommandFailure, InterruptedException {
        try {
            return http.send(request.build(), body);
        } catch (IOException e) {
            String reason = e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
            throw new CommandFailure("the gateway at " + base + " does not answer" + reason, e);
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(base.resolve(path));
    }

    private static String encoded(String id) {
        return java.net.URLEncoder.encode(id, java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
