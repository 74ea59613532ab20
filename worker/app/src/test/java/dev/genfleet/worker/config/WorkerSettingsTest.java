package dev.genfleet.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.genfleet.job.Priority;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerSettingsTest {

    @TempDir
    Path models;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void leastEnvironment() {
        environment.putAll(Map.of(
                "GENFLEET_KAFKA", "k1:9092,k2:9092",
                "GENFLEET_REDIS", "redis://r:6379",
                "GENFLEET_S3_ENDPOINT", "http://s3:9000",
                "GENFLEET_S3_ACCESS_KEY", "a",
                "GENFLEET_S3_SECRET_KEY", "s",
                "GENFLEET_MODELS_DIR", models.toString()));
    }

    @Test
    void has_these_defaults() throws Exception {
        WorkerSettings settings = WorkerSettings.read(environment);
        assertThat(settings.kafka()).isEqualTo("k1:9092,k2:9092");
        assertThat(settings.storage())
                .isEqualTo(new StorageSettings(URI.create("http://s3:9000"), "a", "s", "genfleet"));
        assertThat(settings.pools()).containsExactly("default");
        assertThat(settings.device()).isEqualTo("cpu");
        assertThat(settings.slots().slots())
                .containsExactly(
                        Priority.INTERACTIVE,
                        Priority.STANDARD,
                        Priority.BATCH,
                        Priority.BATCH,
                        Priority.BATCH,
                        Priority.BATCH,
                        Priority.BATCH,
                        Priority.BATCH);
        assertThat(settings.maxRows()).isEqualTo(16);
        assertThat(settings.threads()).isEmpty();
        assertThat(settings.decodeBatch()).isEmpty();
        assertThat(settings.maxAttempts()).isEqualTo(5);
        assertThat(settings.lease()).isEmpty();
        assertThat(settings.drain()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.readyFile()).isEmpty();
        assertThat(settings.metricsPort()).isEmpty();
        assertThat(settings.workerId()).isNotEmpty();
    }

    @Test
    void tells_every_missing_variable_at_once() {
        assertThat(problems(Map.of()))
                .containsExactly(
                        "GENFLEET_KAFKA is not set, but must be one or more host:port, separated by commas.",
                        "GENFLEET_REDIS is not set, but must be a URI such as redis://host:6379.",
                        "GENFLEET_S3_ENDPOINT is not set, but must be a URI such as http://host:9000.",
                        "GENFLEET_S3_ACCESS_KEY is not set, but must be the access key of the object storage.",
                        "GENFLEET_S3_SECRET_KEY is not set, but must be the secret key of the object storage.",
                        "GENFLEET_MODELS_DIR is not set, but must be an existing folder of model packages.");
    }

    @Test
    void tells_what_is_wrong_with_each_value() {
        assertWrong("GENFLEET_KAFKA", "nowhere", "one or more host:port, separated by commas");
        assertWrong("GENFLEET_REDIS", "http://r:6379", "a URI such as redis://host:6379");
        assertWrong("GENFLEET_MODELS_DIR", "/no/such/folder", "an existing folder of model packages");
        assertWrong("GENFLEET_DEVICE", "tpu", "cpu or cuda:N");
        assertWrong("GENFLEET_MAX_ATTEMPTS", "0", "a number from 1 to 1000");
        assertWrong("GENFLEET_MAX_ROWS", "1", "a number from 2 to 4096");
        assertWrong("GENFLEET_DECODE_BATCH", "0", "a number from 1 to 256");
        assertWrong("GENFLEET_DRAIN_SECONDS", "soon", "a number from 0 to 86400");
        assertWrong("GENFLEET_METRICS_PORT", "65536", "a port from 0 to 65535");
        assertWrong("GENFLEET_POOLS", "A", "pool names of lower-case letters, digits and dashes, separated by commas");
    }

    @Test
    void refuses_plans_that_let_urgent_jobs_wait_or_batch_jobs_starve() {
        String allowed =
                "counts per priority such as interactive:1,standard:1,batch:6: at most 200 in all, at least one"
                        + " for batch and one for interactive or standard";
        for (String plan :
                List.of("batch:4", "interactive:2", "batch:1,batch:2", "urgent:1,batch:1", "batch", "batch:x")) {
            assertWrong("GENFLEET_SLOTS", plan, allowed);
        }
    }

    private void assertWrong(String name, String value, String allowed) {
        Map<String, String> changed = new HashMap<>(environment);
        changed.put(name, value);
        assertThat(problems(changed)).containsExactly(name + " is '" + value + "', but must be " + allowed + ".");
    }

    private static List<String> problems(Map<String, String> variables) {
        return catchThrowableOfType(ConfigurationException.class, () -> WorkerSettings.read(variables))
                .problems();
    }
}
