package dev.genfleet.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.worker.metrics.JobCounts.Ending;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    @Test
    void serves_what_was_counted() throws Exception {
        JobCounts jobs = new JobCounts();
        jobs.count(Ending.SUCCEEDED);
        ForwardCounts forwards = new ForwardCounts();
        forwards.forward(2, 1, Duration.ofMillis(250));
        forwards.forward(4, 2, Duration.ofMillis(500));
        forwards.forward(4, 2, Duration.ofMillis(250));
        try (MetricsPage page = MetricsPage.serve(0, jobs, forwards);
                HttpClient client = HttpClient.newHttpClient()) {
            String text = client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + page.port() + "/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            assertThat(text.lines())
                    .contains(
                            "genfleet_attempts_total{ending=\"succeeded\"} 1",
                            "genfleet_attempts_total{ending=\"failed\"} 0",
                            "genfleet_forward_rows_bucket{le=\"2\"} 1",
                            "genfleet_forward_rows_bucket{le=\"4\"} 3",
                            "genfleet_forward_rows_bucket{le=\"+Inf\"} 3",
                            "genfleet_forward_rows_sum 10",
                            "genfleet_forward_seconds_sum 1.0");
        }
    }
}
