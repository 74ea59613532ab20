package dev.genfleet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The other arm: the same pictures as jobs of a fleet, one picture a job, timed by the fleet's own events. */
final class FleetRun {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** Labels of the sample model; every model of the benchmark has as many. */
    private static final int LABELS = 64;

    private final URI gateway;
    private final HttpClient http = HttpClient.newHttpClient();

    FleetRun(URI gateway) {
        this.gateway = gateway;
    }

    /** Submits {@code jobs} jobs at once; returns the seconds from the first lease to the last terminal event. */
    double run(String model, int jobs, int steps) throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            ids.add(submit(model, i, steps));
        }
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        for (String id : ids) {
            JsonNode job = ended(id);
            Instant leased = time(job, "created_at")
                    .plusMillis(Math.round(
                            1e3 * job.path("metrics").path("queue_seconds").asDouble()));
            Instant succeeded = time(job, "completed_at");
            first = leased.isBefore(first) ? leased : first;
            last = succeeded.isAfter(last) ? succeeded : last;
        }
        return seconds(first, last);
    }

    /** Submits {@code jobs} jobs one after the other; returns for each the seconds from the request to its first step. */
    double[] secondsToFirstStep(String model, int jobs) throws Exception {
        double[] seconds = new double[jobs];
        for (int i = 0; i < jobs; i++) {
            Instant begun = Instant.now();
            String id = submit(model, i, 2);
            seconds[i] = seconds(begun, time(ended(id), "started_at"));
        }
        return seconds;
    }

    private String submit(String model, int label, int steps) throws IOException, InterruptedException {
        byte[] body = Json.write(Map.of(
                "model",
                model,
                "priority",
                "interactive",
                "input",
                Map.of("class_label", label % LABELS, "seed", label, "num_inference_steps", steps)));
        HttpResponse<byte[]> response = http.send(
                HttpRequest.newBuilder(gateway.resolve("/v1/jobs"))
                        .header("Content-Type", "application/json")
                        .timeout(LIMIT)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 202) {
            throw new IllegalStateException("the gateway refused a job with status " + response.statusCode() + ": "
                    + new String(response.body(), StandardCharsets.UTF_8));
        }
        return json(response.body()).path("id").asText();
    }

    /** The job once it has succeeded: its stream of events ends with the terminal one. */
    private JsonNode ended(String id) throws IOException, InterruptedException {
        get("/v1/jobs/" + id + "/events");
        JsonNode job = json(get("/v1/jobs/" + id));
        if (!job.path("state").asText().equals("succeeded")) {
            throw new IllegalStateException("a job did not succeed: " + job);
        }
        return job;
    }

    private byte[] get(String path) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(gateway.resolve(path))
                                .timeout(LIMIT)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    private static Instant time(JsonNode job, String field) {
        return Instant.parse(job.path(field).asText());
    }

    private static JsonNode json(byte[] text) {
        try {
            return Json.read(text, JsonNode.class);
        } catch (MalformedRecordException e) {
            throw new IllegalStateException("the gateway answered with something that is not JSON", e);
        }
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
