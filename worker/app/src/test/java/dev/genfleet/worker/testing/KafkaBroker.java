package dev.genfleet.worker.testing;

import dev.genfleet.job.Priority;
import dev.genfleet.wire.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;

/** One Kafka broker and controller in a process of its own, from the test classpath. */
public final class KafkaBroker implements AutoCloseable {

    private final Process process;
    private final String bootstrap;
    private final Admin admin;

    private KafkaBroker(Process process, String bootstrap) {
        this.process = process;
        this.bootstrap = bootstrap;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
    }

    /**
     * Starts a broker and waits until it answers.
     *
     * @param home empty folder for its data, configuration and log
     * @param lock how long share groups hold records
     */
    public static KafkaBroker start(Path home, Duration lock) throws Exception {
        int port = freePort();
        int controllerPort = freePort();
        Path config = home.resolve("server.properties");
        Files.write(config, properties(home, port, controllerPort, lock), StandardCharsets.UTF_8);
        format(config);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "kafka.Kafka",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("broker.log").toFile())
                .start();
        KafkaBroker broker = new KafkaBroker(process, "127.0.0.1:" + port);
        broker.admin.describeCluster().nodes().get(60, TimeUnit.SECONDS);
        return broker;
    }

    private static List<String> properties(Path home, int port, int controllerPort, Duration lock) {
        return List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
                "controller.listener.names=CONTROLLER",
                "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs=" + home.resolve("data"),
                "auto.create.topics.enable=false",
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=1",
                "share.coordinator.state.topic.replication.factor=1",
                "share.coordinator.state.topic.min.isr=1",
                "share.coordinator.state.topic.num.partitions=1",
                "group.share.min.heartbeat.interval.ms=200",
                "group.share.heartbeat.interval.ms=200",
                "group.share.assignment.interval.ms=100",
                "group.share.min.session.timeout.ms=1000",
                "group.share.session.timeout.ms=6000",
                "group.share.initialize.retry.interval.ms=1000",
                "group.share.min.record.lock.duration.ms=1000",
                "group.share.record.lock.duration.ms=" + lock.toMillis());
    }

    private static void format(Path config) {
        PrintStream silent = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        int code = kafka.tools.StorageTool.execute(
                new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", config.toString()}, silent);
        if (code != 0) {
            throw new IllegalStateException("formatting the broker's storage ended with " + code);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Address for clients. */
    public String bootstrap() {
        return bootstrap;
    }

    /** Makes the topics that no pool owns. */
    public void createSharedTopics() throws InterruptedException, ExecutionException {
        create(Stream.of(Topics.EVENTS, Topics.CONTROL, Topics.DEAD_LETTERS), 2);
    }

    /** Makes the topics of a pool: one partition each, since only then every slot sees every job. */
    public void createPool(String pool) throws InterruptedException, ExecutionException {
        create(Arrays.stream(Priority.values()).map(priority -> Topics.jobs(pool, priority)), 1);
    }

    private void create(Stream<String> names, int partitions) throws InterruptedException, ExecutionException {
        admin.createTopics(names.map(name -> new NewTopic(name, partitions, (short) 1))
                        .toList())
                .all()
                .get();
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
