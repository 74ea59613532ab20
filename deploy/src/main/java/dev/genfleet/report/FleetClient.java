package dev.genfleet.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.samples.SceneJudge;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A caller of a gateway who has orders carried out and the results judged. Safe for use by several threads. */
final class FleetClient implements AutoCloseable {

    /** Longest wait for the end of one job. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final Set<String> TERMINAL = Set.of("succeeded", "failed", "canceled", "expired");

    private final URI gateway;
    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

    FleetClient(URI gateway) {
        this.gateway = gateway;
    }

    /**
     * Names of the models in the gateway's catalog.
     *
     * @throws IOException when the gateway does not answer with them
     */
    Set<String> models() throws IOException, InterruptedException {
        Set<String> names = new HashSet<>();
        json(send(to("/v1/models")))
                .path("data")
                .forEach(model -> names.add(model.path("id").asText()));
        return Set.copyOf(names);
    }

    /** Submits an order, waits for its end and judges what came of it; whatever goes wrong is an outcome. */
    Outcome carryOut(Order order) throws InterruptedException {
        try {
            String id = json(send(to("/v1/jobs")
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(order.request())))))
                    .path("id")
                    .asText();
            return judged(order, ended(id));
        } catch (IOException e) {
            return new Outcome.Failed(order, String.valueOf(e.getMessage()));
        }
    }

    private Outcome judged(Order order, JsonNode job) throws IOException, InterruptedException {
        String state = job.path("state").asText();
        if (!state.equals("succeeded")) {
            return new Outcome.Failed(
                    order,
                    "its job is " + state + ": "
                            + job.path("error")
                                    .path("detail")
                                    .asText(job.path("error").toString()));
        }
        JsonNode output = job.path("outputs").path(0);
        byte[] file = send(to(output.path("url").asText()));
        Work work = Work.read(
                file,
                output.path("content_type").asText(),
                output.path("sha256").asText());
        return new Outcome.Made(order, work, SceneJudge.judge(order.scene(), work.frames()));
    }

    /** The stream of a job's events ends with the job; one that ends earlier is taken up again. */
    private JsonNode ended(String id) throws IOException, InterruptedException {
        Instant until = Instant.now().plus(LIMIT);
        JsonNode job;
        do {
            send(to("/v1/jobs/" + id + "/events").header("Accept", "text/event-stream"));
            job = json(send(to("/v1/jobs/" + id)));
        } while (!TERMINAL.contains(job.path("state").asText()) && Instant.now().isBefore(until));
        return job;
    }

    /** The limit is for the whole answer; a request's own is for its first line only. */
    private byte[] send(HttpRequest.Builder request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request.build(), BodyHandlers.ofByteArray());
        try {
            HttpResponse<byte[]> response = answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (response.statusCode() / 100 != 2) {
                throw new IOException("the gateway answered " + response.statusCode() + ": " + detail(response.body()));
            }
            return response.body();
        } catch (ExecutionException e) {
            throw new IOException("the gateway at " + gateway + " does not answer (" + e.getCause() + ")", e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException(
                    "the gateway at " + gateway + " did not answer within " + LIMIT.toSeconds() + " s", e);
        }
    }

    private static String detail(byte[] problem) {
        try {
            JsonNode read = Json.read(problem, JsonNode.class);
            return read.path("detail").asText(read.toString());
        } catch (MalformedRecordException e) {
            return problem.length + " bytes that are not JSON";
        }
    }

    private static JsonNode json(byte[] text) throws IOException {
        try {
            return Json.read(text, JsonNode.class);
        } catch (MalformedRecordException e) {
            throw new IOException("the gateway answered with something that is not JSON", e);
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(gateway.resolve(path));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
