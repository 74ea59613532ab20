package dev.genfleet.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A caller of the gateway. */
final class Jobs implements AutoCloseable {

    static final String MODEL = "shapes-dit";

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Set<String> TERMINAL = Set.of("succeeded", "failed", "canceled", "expired");

    private final URI gateway;
    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

    Jobs(URI gateway) {
        this.gateway = gateway;
    }

    /** A request for one picture of {@code label}. */
    static ObjectNode request(String label, long seed, int steps) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("model", MODEL);
        request.putObject("input").put("class_label", label).put("seed", seed).put("num_inference_steps", steps);
        return request;
    }

    Answer submit(JsonNode request) throws IOException, InterruptedException {
        return post("/v1/jobs", request.toString(), Map.of());
    }

    /** Submits and expects to be accepted. */
    String submitted(JsonNode request) throws IOException, InterruptedException {
        Answer answer = submit(request);
        if (answer.status() != 202) {
            throw new AssertionError("submitting " + request + " gave " + answer);
        }
        return answer.id();
    }

    Answer post(String path, String body, Map<String, String> headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return answer(request);
    }

    Answer get(String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(gateway.resolve(path)));
    }

    Answer job(String id) throws IOException, InterruptedException {
        return get("/v1/jobs/" + id);
    }

    Answer cancel(String id) throws IOException, InterruptedException {
        return post("/v1/jobs/" + id + "/cancel", "", Map.of());
    }

    /** The job once it has ended, however it has. */
    JsonNode ended(String id, Duration limit) throws Exception {
        return Eventually.within(limit, "the end of job " + id, () -> {
            Answer answer = job(id);
            return answer.status() == 200 && TERMINAL.contains(answer.state())
                    ? Optional.of(answer.body())
                    : Optional.empty();
        });
    }

    /** The job once it has succeeded. */
    JsonNode succeeded(String id, Duration limit) throws Exception {
        JsonNode job = ended(id, limit);
        if (!job.path("state").asText().equals("succeeded")) {
            throw new AssertionError("job " + id + " did not succeed: " + job.toPrettyString());
        }
        return job;
    }

    /** Bytes of the job's first output. */
    byte[] picture(JsonNode job) throws IOException, InterruptedException {
        return linked(job.path("outputs").path(0).path("url").asText());
    }

    /** Bytes behind a link of the gateway's. */
    byte[] linked(String url) throws IOException, InterruptedException {
        URI link = gateway.resolve(url);
        HttpResponse<byte[]> response = http.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new AssertionError(link + " gave " + response.statusCode());
        }
        return response.body();
    }

    static String sha256(JsonNode job) {
        return job.path("outputs").path(0).path("sha256").asText();
    }

    private Answer answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                http.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofByteArray());
        JsonNode body = response.body().length == 0 ? MissingNode.getInstance() : MAPPER.readTree(response.body());
        return new Answer(response.statusCode(), body);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
