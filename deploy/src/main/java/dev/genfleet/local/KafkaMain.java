package dev.genfleet.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka broker that is its own controller (KRaft), in a process of its own. Arguments: data folder, broker port, controller
 * port, ready file. An empty data folder is formatted first.
 */
final class KafkaMain {

    private static final int NODE = 1;

    private KafkaMain() {}

    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[0]);
        int brokerPort = Integer.parseInt(args[1]);
        int controllerPort = Integer.parseInt(args[2]);
        if (!Files.exists(data.resolve("meta.properties"))) {
            format(data);
        }
        KafkaConfig config = KafkaConfig.fromProps(properties(data, brokerPort, controllerPort), false);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "kafka-shutdown"));
        try {
            server.startup();
        } catch (RuntimeException e) {
            e.printStackTrace();
            Exit.halt(1);
        }
        ReadyFile.write(Path.of(args[3]), "127.0.0.1:" + brokerPort);
        server.awaitShutdown();
    }

    private static void format(Path data) throws Exception {
        Formatter formatter = new Formatter()
                .setPrintStream(System.out)
                .setNodeId(NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setSupportedFeatures(List.of(Feature.PRODUCTION_FEATURES.toArray(Feature[]::new)))
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setMetadataLogDirectory(data.toString())
                .setHasDynamicQuorum(false);
        formatter.addDirectory(data.toString());
        formatter.run();
    }

    static Properties properties(Path data, int brokerPort, int controllerPort) {
        Properties properties = new Properties();
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", String.valueOf(NODE));
        properties.setProperty("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        properties.setProperty(
                "listeners", "PLAINTEXT://127.0.0.1:" + brokerPort + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + brokerPort);
        properties.setProperty("controller.listener.names", "CONTROLLER");
        properties.setProperty("inter.broker.listener.name", "PLAINTEXT");
        properties.setProperty("log.dirs", data.toString());
        properties.setProperty("auto.create.topics.enable", "false");
        alone(properties);
        small(properties);
        quick(properties);
        return properties;
    }

    /** There is one broker to hold every replica. */
    private static void alone(Properties properties) {
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            properties.setProperty(topic + ".replication.factor", "1");
        }
        properties.setProperty("default.replication.factor", "1");
        properties.setProperty("min.insync.replicas", "1");
        properties.setProperty("transaction.state.log.min.isr", "1");
        properties.setProperty("share.coordinator.state.topic.min.isr", "1");
    }

    /** Few partitions, threads and buffers: one person's machine, not a cluster's. */
    private static void small(Properties properties) {
        properties.setProperty("offsets.topic.num.partitions", "1");
        properties.setProperty("share.coordinator.state.topic.num.partitions", "1");
        properties.setProperty("transaction.state.log.num.partitions", "1");
        properties.setProperty("num.network.threads", "2");
        properties.setProperty("num.io.threads", "4");
        properties.setProperty("background.threads", "2");
        properties.setProperty("group.coordinator.threads", "1");
        properties.setProperty("log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20));
        properties.setProperty("log.index.size.max.bytes", String.valueOf(1 << 20));
    }

    /** The defaults make joining a group take seconds. */
    private static void quick(Properties properties) {
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        for (String kind : new String[] {"share", "consumer"}) {
            properties.setProperty("group." + kind + ".min.heartbeat.interval.ms", "200");
            properties.setProperty("group." + kind + ".heartbeat.interval.ms", "300");
            properties.setProperty("group." + kind + ".assignment.interval.ms", "0");
        }
        // A killed worker's slots are told apart from slow ones within seconds.
        properties.setProperty("group.share.min.session.timeout.ms", "1000");
        properties.setProperty("group.share.session.timeout.ms", "6000");
        properties.setProperty("group.share.delivery.count.limit", "10");
        properties.setProperty("group.share.initialize.retry.interval.ms", "1000");
        properties.setProperty("log.initial.task.delay.ms", "1000");
        properties.setProperty("controlled.shutdown.enable", "false");
        properties.setProperty("initial.broker.registration.timeout.ms", "60000");
    }
}
