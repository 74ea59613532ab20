package dev.genfleet.worker.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Everything that a worker is told.
 *
 * @param workerId names the worker in events, logs and heartbeats; {@code GENFLEET_WORKER_ID}, made up when unset
 * @param kafka addresses of brokers; {@code GENFLEET_KAFKA}
 * @param redis {@code GENFLEET_REDIS}
 * @param storage {@code GENFLEET_S3_…}
 * @param models folder of model packages; {@code GENFLEET_MODELS_DIR}
 * @param pools whose jobs it takes; {@code GENFLEET_POOLS}
 * @param slots per pool; {@code GENFLEET_SLOTS}
 * @param device {@code cpu} or {@code cuda:N}; {@code GENFLEET_DEVICE}
 * @param maxRows most rows of one forward; {@code GENFLEET_MAX_ROWS}
 * @param threads threads of the denoiser on the CPU, empty for as many as there are cores; {@code GENFLEET_THREADS}
 * @param decodeBatch most pictures or frames of one decode, empty for what is fastest on the device; {@code
 *     GENFLEET_DECODE_BATCH}
 * @param maxAttempts of one job; {@code GENFLEET_MAX_ATTEMPTS}
 * @param lease time without renewal after which a job goes to another worker, empty for what the share group has; {@code
 *     GENFLEET_LEASE_SECONDS}
 * @param drain how long running jobs may take after SIGTERM; {@code GENFLEET_DRAIN_SECONDS}
 * @param readyFile written once the worker takes jobs; {@code GENFLEET_READY_FILE}
 * @param metricsPort port of the metrics page; {@code GENFLEET_METRICS_PORT}
 */
public record WorkerSettings(
        String workerId,
        String kafka,
        URI redis,
        StorageSettings storage,
        Path models,
        List<String> pools,
        SlotPlan slots,
        String device,
        int maxRows,
        Optional<Integer> threads,
        Optional<Integer> decodeBatch,
        int maxAttempts,
        Optional<Duration> lease,
        Duration drain,
        Optional<Path> readyFile,
        Optional<Integer> metricsPort) {

    /**
     * Reads the environment.
     *
     * @throws ConfigurationException naming every variable that is missing or wrong
     */
    public static WorkerSettings read(Map<String, String> variables) throws ConfigurationException {
        Environment env = new Environment(variables);
        var kafka = env.required("GENFLEET_KAFKA", Forms::hosts, "one or more host:port, separated by commas");
        var redis =
                env.required("GENFLEET_REDIS", Forms.uri(Set.of("redis", "rediss")), "a URI such as redis://host:6379");
        var endpoint = env.required(
                "GENFLEET_S3_ENDPOINT", Forms.uri(Set.of("http", "https")), "a URI such as http://host:9000");
        var accessKey =
                env.required("GENFLEET_S3_ACCESS_KEY", Function.identity(), "the access key of the object storage");
        var secretKey =
                env.required("GENFLEET_S3_SECRET_KEY", Function.identity(), "the secret key of the object storage");
        String bucket = env.text("GENFLEET_S3_BUCKET").orElse("genfleet");
        var models =
                env.required("GENFLEET_MODELS_DIR", WorkerSettings::folder, "an existing folder of model packages");
        List<String> pools = env.optional(
                "GENFLEET_POOLS",
                Forms::pools,
                "pool names of lower-case letters, digits and dashes, separated by commas",
                List.of("default"));
        SlotPlan slots = env.optional(
                "GENFLEET_SLOTS",
                SlotPlan::parse,
                "counts per priority such as interactive:1,standard:1,batch:6: at most 200 in all, at least one for batch and one for"
                        + " interactive or standard",
                SlotPlan.USUAL);
        String device = env.optional("GENFLEET_DEVICE", Forms::device, "cpu or cuda:N", "cpu");
        int maxRows = env.optional("GENFLEET_MAX_ROWS", Forms.number(2, 4096), "a number from 2 to 4096", 16);
        Optional<Integer> threads = env.optional(
                "GENFLEET_THREADS",
                Forms.number(1, 1024).andThen(Optional::of),
                "a number from 1 to 1024",
                Optional.empty());
        Optional<Integer> decodeBatch = env.optional(
                "GENFLEET_DECODE_BATCH",
                Forms.number(1, 256).andThen(Optional::of),
                "a number from 1 to 256",
                Optional.empty());
        int maxAttempts = env.optional("GENFLEET_MAX_ATTEMPTS", Forms.number(1, 1000), "a number from 1 to 1000", 5);
        Optional<Duration> lease = env.optional(
                "GENFLEET_LEASE_SECONDS",
                Forms.seconds(1, 3600).andThen(Optional::of),
                "a number from 1 to 3600 within the brokers' bounds",
                Optional.empty());
        Duration drain = env.optional(
                "GENFLEET_DRAIN_SECONDS", Forms.seconds(0, 86_400), "a number from 0 to 86400", Duration.ofSeconds(30));
        Optional<Integer> metricsPort = env.optional(
                "GENFLEET_METRICS_PORT",
                Forms.number(0, 65_535).andThen(Optional::of),
                "a port from 0 to 65535",
                Optional.empty());
        String workerId = env.optional(
                "GENFLEET_WORKER_ID",
                Forms::workerId,
                "up to 100 letters, digits, dots, dashes and underscores",
                madeUpId());
        Optional<Path> readyFile = env.text("GENFLEET_READY_FILE").map(Path::of);
        env.check();
        return new WorkerSettings(
                workerId,
                kafka.orElseThrow(),
                redis.orElseThrow(),
                new StorageSettings(endpoint.orElseThrow(), accessKey.orElseThrow(), secretKey.orElseThrow(), bucket),
                models.orElseThrow(),
                pools,
                slots,
                device,
                maxRows,
                threads,
                decodeBatch,
                maxAttempts,
                lease,
                drain,
                readyFile,
                metricsPort);
    }

    private static Path folder(String text) {
        Path folder = Path.of(text);
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(text);
        }
        return folder;
    }

    private static String madeUpId() {
        String suffix =
                "-" + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36, 36 * 36 * 36 * 36), 36);
        try {
            return Forms.workerId(InetAddress.getLocalHost().getHostName() + suffix);
        } catch (UnknownHostException | IllegalArgumentException e) {
            return "worker" + suffix;
        }
    }
}
