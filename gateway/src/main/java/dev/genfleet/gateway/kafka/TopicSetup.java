package dev.genfleet.gateway.kafka;

import dev.genfleet.gateway.config.GatewayConfig;
import dev.genfleet.wire.Topics;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics and the settings of the share groups, as often as it is asked to. */
@Singleton
public final class TopicSetup {

    private static final Duration EVENTS_OUTLIVE_JOBS = Duration.ofDays(1);
    private static final Duration CONTROL_KEPT = Duration.ofDays(1);
    private static final long NO_LIMIT = -1;

    /**
     * A share group gives each partition to only a part of its members, so with several a job could wait behind a busy slot
     * while others idle. One partition serves all members and any priority mix, and no GPU outruns it.
     */
    private static final int JOB_PARTITIONS = 1;

    private static final long SECONDS_ALLOWED = 20;

    private final GatewayConfig config;

    public TopicSetup(GatewayConfig config) {
        this.config = config;
    }

    /**
     * Makes what is missing for these pools; what exists keeps its settings, but for the share groups.
     *
     * @throws IllegalStateException when Kafka does not answer or refuses; the message says what it says
     */
    public void ensure(Set<String> pools) {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                config.kafka(),
                AdminClientConfig.CLIENT_ID_CONFIG,
                "genfleet-gateway-setup"))) {
            makeTopics(admin, topics(pools));
            admin.incrementalAlterConfigs(shareGroups(pools)).all().get(SECONDS_ALLOWED, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot make topics and group settings: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("kafka at " + config.kafka() + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while making topics", e);
        }
    }

    private List<NewTopic> topics(Set<String> pools) {
        long events = config.retention().plus(EVENTS_OUTLIVE_JOBS).toMillis();
        Map<String, Long> retention = new HashMap<>();
        pools.forEach(pool -> Topics.jobs(pool).forEach(topic -> retention.put(topic, NO_LIMIT)));
        retention.put(Topics.EVENTS, events);
        retention.put(Topics.CONTROL, CONTROL_KEPT.toMillis());
        retention.put(Topics.WEBHOOK_DELIVERIES, events);
        retention.put(Topics.DEAD_LETTERS, events);
        return retention.entrySet().stream()
                .map(topic -> new NewTopic(topic.getKey(), partitions(topic.getKey()), config.topicReplicas())
                        .configs(Map.of(
                                TopicConfig.CLEANUP_POLICY_CONFIG,
                                TopicConfig.CLEANUP_POLICY_DELETE,
                                TopicConfig.RETENTION_MS_CONFIG,
                                Long.toString(topic.getValue()))))
                .toList();
    }

    private int partitions(String topic) {
        return Topics.isJobs(topic) ? JOB_PARTITIONS : config.topicPartitions();
    }

    private static void makeTopics(Admin admin, List<NewTopic> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        for (var made : admin.createTopics(topics).values().values()) {
            try {
                made.get(SECONDS_ALLOWED, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private Map<ConfigResource, Collection<AlterConfigOp>> shareGroups(Set<String> pools) {
        Map<ConfigResource, Collection<AlterConfigOp>> settings = new HashMap<>();
        for (String pool : pools) {
            settings.put(
                    new ConfigResource(ConfigResource.Type.GROUP, Topics.shareGroup(pool)),
                    List.of(
                            set("share.auto.offset.reset", "earliest"),
                            set(
                                    "share.record.lock.duration.ms",
                                    Long.toString(Duration.ofSeconds(config.leaseSeconds())
                                            .toMillis()))));
        }
        return settings;
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }
}
