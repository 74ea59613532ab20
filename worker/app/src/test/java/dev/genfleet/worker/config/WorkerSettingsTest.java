package dev.genfleet.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.genfleet.engine.RowChoice;
import dev.genfleet.job.Priority;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        assertThat(settings.devices())
                .isEqualTo(new DeviceSettings(List.of("cpu"), Optional.empty(), Optional.empty(), Set.of()));
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
        assertThat(settings.batching())
                .isEqualTo(new BatchingSettings(16, RowChoice.MEASURED, Optional.empty(), Optional.empty()));
        assertThat(settings.maxAttempts()).isEqualTo(5);
        assertThat(settings.lease()).isEmpty();
        assertThat(settings.drain()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.checkpoints()).isEqualTo(new CheckpointSettings(Duration.ofSeconds(2), 262_144));
        assertThat(settings.readyFile()).isEmpty();
        assertThat(settings.metricsPort()).isEmpty();
        assertThat(settings.workerId()).isNotEmpty();
    }

    @Test
    void intervals_between_checkpoints_may_be_parts_of_a_second() throws Exception {
        environment.put("GENFLEET_CHECKPOINT_SECONDS", "0.05");
        assertThat(WorkerSettings.read(environment).checkpoints().every()).isEqualTo(Duration.ofMillis(50));
        environment.put("GENFLEET_CHECKPOINT_SECONDS", "0");
        assertThat(WorkerSettings.read(environment).checkpoints().every()).isZero();
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
        String devices = "cpu or cuda:N, or several of them separated by commas, no GPU twice";
        for (String device : List.of("tpu", "cuda", "cuda:01", "cpu,", "cuda:0,cuda:1,cuda:0")) {
            assertWrong("GENFLEET_DEVICE", device, devices);
        }
        assertWrong("GENFLEET_THREADS", "0", "a number from 1 to 1024");
        assertWrong("GENFLEET_MODEL_MEMORY_MB", "0", "a number of megabytes from 1 to 16777216");
        assertWrong("GENFLEET_MODEL_MEMORY_MB", "8G", "a number of megabytes from 1 to 16777216");
        assertWrong("GENFLEET_PINNED_MODELS", "shapes,,dit", "names of models, separated by commas");
        assertWrong("GENFLEET_MAX_ATTEMPTS", "0", "a number from 1 to 1000");
        assertWrong("GENFLEET_MAX_ROWS", "1", "a number from 2 to 4096");
        assertWrong("GENFLEET_ROWS", "FULL", "measured or full");
        assertWrong("GENFLEET_WORKING_MEMORY_MB", "0", "a number from 1 to 1048576");
        assertWrong("GENFLEET_DECODE_BATCH", "0", "a number from 1 to 256");
        assertWrong("GENFLEET_DRAIN_SECONDS", "soon", "a number from 0 to 86400");
        for (String seconds : List.of("often", "-1", "3600.001", "0.0001", "1e3")) {
            assertWrong("GENFLEET_CHECKPOINT_SECONDS", seconds, "a number from 0 to 3600, such as 2 or 0.5");
        }
        assertWrong("GENFLEET_CHECKPOINT_REDIS_BYTES", "67108865", "a number from 0 to 67108864");
        assertWrong("GENFLEET_METRICS_PORT", "65536", "a port from 0 to 65535");
        assertWrong("GENFLEET_POOLS", "A", "pool names of lower-case letters, digits and dashes, separated by commas");
    }

    @Test
    void reads_several_devices_and_what_holds_for_each() throws Exception {
        environment.put("GENFLEET_DEVICE", "cuda:0, cuda:1,cpu,cpu");
        environment.put("GENFLEET_THREADS", "3");
        environment.put("GENFLEET_MODEL_MEMORY_MB", "8192");
        environment.put("GENFLEET_PINNED_MODELS", "shapes-dit, dit-xl");
        assertThat(WorkerSettings.read(environment).devices())
                .isEqualTo(new DeviceSettings(
                        List.of("cuda:0", "cuda:1", "cpu", "cpu"),
                        Optional.of(3),
                        Optional.of(8L << 30),
                        Set.of("shapes-dit", "dit-xl")))
                .hasToString("cuda:0,cuda:1,cpu,cpu");
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
