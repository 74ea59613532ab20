package dev.genfleet.worker.lease;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases from a share group (KIP-932), one record at a time.
 *
 * <p>What the broker asks for: a renewal is an acknowledgement of type RENEW, a commit and a poll, which returns the same record
 * again; there is no second renewal before that poll, and a poll with a record that is not acknowledged throws.
 */
final class KafkaShareLeases implements LeaseSource {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaShareLeases.class);

    /** The broker's default, until the first fetch says what the group has. */
    private static final Duration USUAL_LOCK = Duration.ofSeconds(30);

    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final ShareConsumer<byte[], byte[]> consumer;
    private final int deliveryLimit;
    private final Queue<ConsumerRecord<byte[], byte[]>> surprises = new ArrayDeque<>();
    private long lastTake = System.nanoTime();

    KafkaShareLeases(ShareConsumer<byte[], byte[]> consumer, List<String> topics, int deliveryLimit) {
        this.consumer = consumer;
        this.deliveryLimit = deliveryLimit;
        consumer.subscribe(topics);
    }

    /** A consumer that takes one record at a time and acknowledges each itself. */
    static KafkaShareConsumer<byte[], byte[]> consumer(String bootstrap, String group, String clientId) {
        return new KafkaShareConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.GROUP_ID_CONFIG,
                        group,
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        clientId,
                        ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG,
                        "explicit",
                        ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG,
                        "record_limit",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        1),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    @Override
    public Optional<Lease> take(Duration wait) {
        boolean waitedLong = System.nanoTime() - lastTake > lock().dividedBy(3).toNanos();
        if (surprises.isEmpty()) {
            poll(wait);
        }
        lastTake = System.nanoTime();
        return Optional.ofNullable(surprises.poll())
                .<Lease>map(record -> new ShareLease(new JobRecord(record)))
                .filter(lease -> !waitedLong || isFresh(lease));
    }

    /**
     * A renewal now and then makes the client fetch a further record, which it keeps to itself until the next poll; when the work
     * took long, that record's lock may have passed, and another slot may have it.
     */
    private static boolean isFresh(Lease lease) {
        if (lease.renew() == Lease.Renewal.HELD) {
            return true;
        }
        LOG.atInfo()
                .addKeyValue("record", lease.record())
                .log("record was fetched too long ago and is another slot's now");
        return false;
    }

    @Override
    public int deliveryLimit() {
        return deliveryLimit;
    }

    @Override
    public void close() {
        consumer.close(CLOSE_WAIT);
    }

    private void poll(Duration wait) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(wait);
        records.forEach(surprises::add);
    }

    private Duration lock() {
        return consumer.acquisitionLockTimeoutMs().map(Duration::ofMillis).orElse(USUAL_LOCK);
    }

    /** Acknowledges and waits for the broker's word; empty when all went well. */
    private Optional<KafkaException> acknowledge(JobRecord record, AcknowledgeType type) {
        consumer.acknowledge(record.source(), type);
        Map<TopicIdPartition, Optional<KafkaException>> answers = consumer.commitSync(lock().dividedBy(3));
        return answers.values().stream().flatMap(Optional::stream).findFirst();
    }

    private final class ShareLease implements Lease {

        private final JobRecord record;

        ShareLease(JobRecord record) {
            this.record = record;
        }

        @Override
        public JobRecord record() {
            return record;
        }

        @Override
        public Duration renewEvery() {
            return lock().dividedBy(3);
        }

        @Override
        public Renewal renew() {
            Optional<KafkaException> refusal = acknowledge(record, AcknowledgeType.RENEW);
            if (refusal.isPresent()) {
                LOG.atInfo()
                        .addKeyValue("record", record)
                        .addKeyValue("reason", refusal.get().getMessage())
                        .log("renewal refused");
                return Renewal.LOST;
            }
            poll(lock().dividedBy(3));
            return surprises.removeIf(record::isSameAs) ? Renewal.HELD : Renewal.LOST;
        }

        @Override
        public void settle(Settlement settlement) {
            AcknowledgeType type =
                    switch (settlement) {
                        case ACCEPT -> AcknowledgeType.ACCEPT;
                        case RELEASE -> AcknowledgeType.RELEASE;
                    };
            acknowledge(record, type).ifPresent(refusal -> LOG.atInfo()
                    .addKeyValue("record", record)
                    .addKeyValue("settlement", settlement)
                    .addKeyValue("reason", refusal.getMessage())
                    .log("the record had left this slot before it was settled"));
        }
    }
}
