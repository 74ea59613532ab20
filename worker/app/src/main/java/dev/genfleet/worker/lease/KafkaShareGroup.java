package dev.genfleet.worker.lease;

import dev.genfleet.job.Priority;
import dev.genfleet.wire.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The share group of a pool's workers. Its settings live in the broker; the worker makes sure of the two that jobs depend on, so
 * that it does not matter which program starts first.
 */
public final class KafkaShareGroup {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaShareGroup.class);
    private static final String OFFSET_RESET = "share.auto.offset.reset";
    private static final String LOCK = "share.record.lock.duration.ms";
    private static final String DELIVERY_LIMIT = "share.delivery.count.limit";
    private static final int USUAL_DELIVERY_LIMIT = 5;
    private static final Duration ADMIN_WAIT = Duration.ofSeconds(20);

    private final String bootstrap;
    private final String pool;
    private final int deliveryLimit;

    private KafkaShareGroup(String bootstrap, String pool, int deliveryLimit) {
        this.bootstrap = bootstrap;
        this.pool = pool;
        this.deliveryLimit = deliveryLimit;
    }

    /**
     * Sets the group up: a job that was queued before the first worker came is delivered too.
     *
     * @param bootstrap addresses of brokers
     * @param pool whose jobs
     * @param lock time without a renewal after which a record goes to another worker; empty leaves what the group has
     * @throws IOException when the brokers do not answer or refuse; the message is a sentence
     */
    public static KafkaShareGroup prepare(String bootstrap, String pool, Optional<Duration> lock)
            throws InterruptedException, IOException {
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, Topics.shareGroup(pool));
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ADMIN_WAIT.toMillis(),
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ADMIN_WAIT.toMillis()))) {
            return new KafkaShareGroup(bootstrap, pool, prepare(admin, group, lock));
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() instanceof TimeoutException
                            ? "GENFLEET_KAFKA is '" + bootstrap + "', but no broker answers there."
                            : "Kafka refused the settings of share group " + group.name() + ": "
                                    + e.getCause().getMessage(),
                    e);
        }
    }

    /** Answers the group's delivery limit. */
    private static int prepare(Admin admin, ConfigResource group, Optional<Duration> lock)
            throws InterruptedException, ExecutionException {
        Config config = admin.describeConfigs(List.of(group)).all().get().get(group);
        List<AlterConfigOp> changes = new ArrayList<>();
        change(config, OFFSET_RESET, "earliest").ifPresent(changes::add);
        lock.flatMap(time -> change(config, LOCK, Long.toString(time.toMillis())))
                .ifPresent(changes::add);
        if (!changes.isEmpty()) {
            admin.incrementalAlterConfigs(Map.of(group, changes)).all().get();
        }
        int limit = valueOf(config, DELIVERY_LIMIT).map(Integer::parseInt).orElse(USUAL_DELIVERY_LIMIT);
        LOG.atInfo()
                .addKeyValue("group", group.name())
                .addKeyValue("changed", changes.size())
                .addKeyValue("delivery_limit", limit)
                .log("share group is set up");
        return limit;
    }

    /**
     * Leases for one slot.
     *
     * @param clientId how the broker's logs and metrics call the slot
     * @param leastUrgent the slot takes jobs of this priority and of every more urgent one
     */
    public LeaseSource.Factory slot(String clientId, Priority leastUrgent) {
        List<String> topics = Arrays.stream(Priority.values())
                .filter(priority -> priority.compareTo(leastUrgent) <= 0)
                .map(priority -> Topics.jobs(pool, priority))
                .toList();
        return () -> new KafkaShareLeases(
                KafkaShareLeases.consumer(bootstrap, Topics.shareGroup(pool), clientId), topics, deliveryLimit);
    }

    private static Optional<AlterConfigOp> change(Config config, String name, String value) {
        return valueOf(config, name).filter(value::equals).isPresent()
                ? Optional.empty()
                : Optional.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
    }

    private static Optional<String> valueOf(Config config, String name) {
        return Optional.ofNullable(config.get(name)).map(ConfigEntry::value);
    }
}
