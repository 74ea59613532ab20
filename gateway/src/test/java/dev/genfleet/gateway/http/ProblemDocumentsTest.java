package dev.genfleet.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** Every error is a problem document, also those that HTTP and the framework find; without Kafka and Redis nothing hangs. */
@QuarkusTest
class ProblemDocumentsTest {

    private static final byte[] LARGE = new byte[300_000];

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TestHTTPResource
    URI base;

    @Test
    void pathsMethodsAndMediaTypes() throws Exception {
        assertProblem(get("/nothing"), 404, "There is nothing at /nothing.");
        assertProblem(get("/v1/jobs/x/nothing"), 404, "There is nothing at /v1/jobs/x/nothing.");
        assertProblem(send(request("/v1/jobs").DELETE()), 405, "DELETE is not possible on /v1/jobs.");
        assertProblem(
                send(request("/v1/jobs").header("content-type", "text/plain").POST(text("x"))),
                415,
                "Content-Type is 'text/plain', but must be application/json.");
    }

    @Test
    void bodies() throws Exception {
        assertProblem(post(text("{\"model\":")), 400, "The body is not JSON");
        assertProblem(post(text("{\"input\":{},\"colour\":1}")), 400, "2 fields of the request are wrong");
        assertProblem(post(text("{\"model\":\"x\",\"input\":{}}")), 400, "model is 'x', but must be one of none.");
        assertProblem(
                post(BodyPublishers.ofByteArray(LARGE)), 413, "has 300000 bytes, but at most 262144 are allowed.");
        assertProblem(
                post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(LARGE))),
                413,
                "has 300000 bytes, but at most 262144 are allowed.");
    }

    @Test
    void parameters() throws Exception {
        assertProblem(get("/v1/jobs?limit=0"), 400, "limit is '0', but must be a number from 1 to 100.");
        assertProblem(get("/v1/jobs?state=done"), 400, "state is 'done', but must be one of queued, starting");
        assertProblem(get("/v1/jobs/17"), 404, "job id is '17', but must be a UUID such as");
        assertProblem(get("/v1/models/x"), 404, "model is 'x', but the catalog has");
    }

    @Test
    void anAbsentRedisIsToldAsUnavailable() throws Exception {
        HttpResponse<String> response = get("/v1/jobs/01975b6e-5f2c-7c3a-9a51-0d3d2a1b4c5d");
        assertProblem(response, 503, "The view of jobs does not answer");
        assertThat(response.headers().firstValue("retry-after")).contains("2");
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void describesItself() throws Exception {
        assertThat(get("/openapi").body()).contains("/v1/jobs/{id}/events", "num_inference_steps");
    }

    private static void assertProblem(HttpResponse<String> response, int status, String sentence) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(response.body()).contains("\"status\":" + status, "\"type\":\"", sentence);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    private HttpResponse<String> post(BodyPublisher body) throws IOException, InterruptedException {
        return send(
                request("/v1/jobs").header("content-type", "application/json").POST(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path));
    }

    private static BodyPublisher text(String text) {
        return BodyPublishers.ofString(text);
    }
}
