package dev.genfleet.gateway.kafka;

import dev.genfleet.gateway.config.GatewayConfig;
import dev.genfleet.gateway.view.RecordId;
import dev.genfleet.wire.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.jboss.logging.Logger;

/** What the brokers say about themselves and about the share groups. Any thread. */
@Singleton
public final class Brokers {

    private static final Logger LOG = Logger.getLogger(Brokers.class);
    private static final long SECONDS_ALLOWED = 3;

    private final Admin admin;

    Brokers(GatewayConfig config) {
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                config.kafka(),
                AdminClientConfig.CLIENT_ID_CONFIG,
                "genfleet-gateway-brokers"));
    }

    /** Whether they answer. */
    public boolean answer() {
        try {
            return !admin.describeCluster()
                    .nodes()
                    .get(SECONDS_ALLOWED, TimeUnit.SECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debugf("kafka does not answer error=%s", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * The share group's start offsets: records below them are settled.
     *
     * @param pool the pool whose workers form the group
     * @return the first record of each partition that is not settled; empty when the group does not exist or nobody answers
     */
    public Map<Partition, RecordId> startOffsets(String pool) {
        String group = Topics.shareGroup(pool);
        Map<Partition, RecordId> starts = new HashMap<>();
        try {
            admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                    .partitionsToOffsetInfo(group)
                    .get(SECONDS_ALLOWED, TimeUnit.SECONDS)
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            starts.put(
                                    new Partition(partition.topic(), partition.partition()),
                                    new RecordId(partition.topic(), partition.partition(), offset.startOffset()));
                        }
                    });
        } catch (ExecutionException | TimeoutException e) {
            LOG.debugf("start offsets not known group=%s error=%s", group, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return starts;
    }

    @PreDestroy
    void close() {
        admin.close(Duration.ofSeconds(1));
    }

    /**
     * A partition of a topic.
     *
     * @param topic topic
     * @param number from 0
     */
    public record Partition(String topic, int number) {

        /** Where a record is. */
        public static Partition of(RecordId record) {
            return new Partition(record.topic(), record.partition());
        }
    }
}
