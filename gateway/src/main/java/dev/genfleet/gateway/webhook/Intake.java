package dev.genfleet.gateway.webhook;

import dev.genfleet.gateway.config.GatewayConfig;
import dev.genfleet.gateway.kafka.FactReader;
import dev.genfleet.gateway.kafka.RecordLog;
import dev.genfleet.gateway.view.Fact;
import dev.genfleet.gateway.view.JobFacts;
import dev.genfleet.gateway.view.JobReader;
import dev.genfleet.gateway.view.Lookup;
import dev.genfleet.gateway.view.Position;
import dev.genfleet.gateway.view.ViewStore;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import dev.genfleet.wire.NewerVersionException;
import dev.genfleet.wire.Topics;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads events as a consumer group, so that each partition has one gateway that tells about its jobs, and notes what is to be told.
 * Offsets are committed once the notes are on Kafka. An event waits for the view to know it, as the view decides whether it counts.
 */
@Singleton
final class Intake {

    private static final Logger LOG = Logger.getLogger(Intake.class);
    private static final String GROUP = "genfleet-webhooks";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration VIEW_PAUSE = Duration.ofMillis(20);
    private static final Duration VIEW_PATIENCE = Duration.ofSeconds(5);
    private static final Duration AFTER_FAULT = Duration.ofMillis(500);

    private final GatewayConfig config;
    private final RecordLog log;
    private final ViewStore store;
    private final JobReader reader;
    private final DeliveryLedger ledger;
    private final Ownership ownership;
    private final RetrySchedule schedule;
    private final Thread thread;
    private volatile boolean stopping;

    Intake(
            GatewayConfig config,
            RecordLog log,
            ViewStore store,
            JobReader reader,
            DeliveryLedger ledger,
            Ownership ownership) {
        this.config = config;
        this.log = log;
        this.store = store;
        this.reader = reader;
        this.ledger = ledger;
        this.ownership = ownership;
        this.schedule = new RetrySchedule(config.webhook().retrySchedule(), Math::random);
        this.thread = Thread.ofPlatform().name("webhook-intake").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void close() {
        stopping = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.subscribe(List.of(Topics.EVENTS), new Assignment());
            while (!stopping) {
                runOnce(consumer);
            }
        }
    }

    private void runOnce(KafkaConsumer<byte[], byte[]> consumer) {
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (stopping || !take(record)) {
                    rewind(consumer, record);
                    return;
                }
                consumer.commitSync(Map.of(partition(record), new OffsetAndMetadata(record.offset() + 1)));
            }
        } catch (RuntimeException e) {
            LOG.warnf("webhook intake interrupted, trying again error=%s", e);
            back(consumer);
            LockSupport.parkNanos(AFTER_FAULT.toNanos());
        }
    }

    /** Notes what the record leads to; false when it has to be read again later. */
    private boolean take(ConsumerRecord<byte[], byte[]> record) {
        try {
            return FactReader.read(record) instanceof Fact.Happened happened ? take(happened, record) : true;
        } catch (MalformedRecordException | NewerVersionException e) {
            LOG.debugf("event not told record=%s reason=%s", FactReader.idOf(record), e.getMessage());
            return true;
        }
    }

    private boolean take(Fact.Happened happened, ConsumerRecord<byte[], byte[]> record) {
        Instant patience = Instant.now().plus(VIEW_PATIENCE);
        while (!stopping && Instant.now().isBefore(patience)) {
            JobFacts facts = store.find(happened.jobId());
            if (facts.queued().isPresent() && facts.events().containsKey(happened.position())) {
                Intents.of(happened, facts, FactReader.trace(record), schedule, Instant.now())
                        .ifPresent(this::intend);
                return true;
            }
            LockSupport.parkNanos(VIEW_PAUSE.toNanos());
        }
        return reader.find(happened.jobId()) instanceof Lookup.Unknown;
    }

    private void intend(Note.Intended intent) {
        if (ledger.find(intent.deliveryId()).isEmpty()) {
            var at = log.note(Topics.WEBHOOK_DELIVERIES, intent.jobId(), Json.write(intent));
            ledger.apply(new Position(at.partition(), at.offset()), intent);
            ownership.wakeDispatcher();
        }
    }

    private static void rewind(KafkaConsumer<byte[], byte[]> consumer, ConsumerRecord<byte[], byte[]> record) {
        back(consumer);
        LOG.debugf("event waits for the view record=%s", FactReader.idOf(record));
    }

    /** Back to what is committed, on every partition. */
    private static void back(KafkaConsumer<byte[], byte[]> consumer) {
        consumer.committed(consumer.assignment()).forEach((partition, offset) -> Optional.ofNullable(offset)
                .ifPresentOrElse(
                        known -> consumer.seek(partition, known.offset()),
                        () -> consumer.seekToBeginning(List.of(partition))));
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        config.kafka(),
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "genfleet-gateway-webhooks",
                        ConsumerConfig.GROUP_ID_CONFIG,
                        GROUP,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Notes and events of a job have the same partition number, as both topics have the same key and number of partitions. */
    private final class Assignment implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            ownership.revoked(numbers(partitions));
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            ownership.assigned(numbers(partitions));
        }

        private static List<Integer> numbers(Collection<TopicPartition> partitions) {
            return partitions.stream().map(TopicPartition::partition).toList();
        }
    }
}
