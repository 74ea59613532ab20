package dev.genfleet.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.DeviceStatus;
import dev.genfleet.engine.shelf.ModelStatus;
import dev.genfleet.engine.shelf.ModelStatus.State;
import dev.genfleet.engine.shelf.ShelfStatus;
import dev.genfleet.worker.metrics.JobCounts.Ending;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
        try (MetricsPage page = MetricsPage.serve(0, jobs, forwards, () -> List.of(device()));
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
                            "genfleet_forward_seconds_sum 1.0",
                            "genfleet_model_loaded{device=\"cpu\",model=\"shapes\",digest=\"sha256:1\"} 1",
                            "genfleet_model_loaded{device=\"cpu\",model=\"dit\",digest=\"sha256:2\"} 0",
                            "genfleet_models_loaded{device=\"cpu\"} 1",
                            "genfleet_model_bytes{device=\"cpu\"} 1000",
                            "genfleet_model_loads_total{device=\"cpu\"} 3",
                            "genfleet_model_evictions_total{device=\"cpu\"} 2");
        }
    }

    private static DeviceStatus device() {
        return new DeviceStatus(
                "cpu",
                4,
                new ShelfStatus(
                        Optional.of(1500L),
                        1000,
                        List.of(
                                new ModelStatus("shapes", "sha256:1", 1000, true, State.LOADED, Optional.empty()),
                                new ModelStatus("dit", "sha256:2", 900, false, State.ON_DEMAND, Optional.empty())),
                        3,
                        2));
    }
}
