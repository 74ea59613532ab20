package dev.genfleet.gateway.webhook;

import dev.genfleet.gateway.config.GatewayConfig;
import dev.genfleet.gateway.view.Position;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import dev.genfleet.wire.Topics;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/** Reads all notes from the beginning into the ledger, then goes on reading what any gateway notes. */
@Singleton
final class LedgerReader {

    private static final Logger LOG = Logger.getLogger(LedgerReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration AFTER_FAULT = Duration.ofMillis(500);

    private final GatewayConfig config;
    private final DeliveryLedger ledger;
    private final Ownership ownership;
    private final Thread thread;
    private volatile boolean stopping;
    private Map<TopicPartition, Long> ends = Map.of();
    private boolean chasing;

    LedgerReader(GatewayConfig config, DeliveryLedger ledger, Ownership ownership) {
        this.config = config;
        this.ledger = ledger;
        this.ownership = ownership;
        this.thread = Thread.ofPlatform().name("webhook-ledger").unstarted(this::run);
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
            while (!stopping) {
                try {
                    runOnce(consumer);
                } catch (RuntimeException e) {
                    LOG.warnf("webhook ledger interrupted, trying again error=%s", e);
                    LockSupport.parkNanos(AFTER_FAULT.toNanos());
                }
            }
        }
    }

    private void runOnce(KafkaConsumer<byte[], byte[]> consumer) {
        if (consumer.assignment().isEmpty()) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.WEBHOOK_DELIVERIES).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }
        if (ownership.ledgerBehind() && !chasing) {
            ends = new HashMap<>(consumer.endOffsets(consumer.assignment()));
            chasing = true;
        }
        consumer.poll(POLL).forEach(this::apply);
        if (chasing) {
            ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            if (ends.isEmpty()) {
                chasing = false;
                ownership.ledgerCaughtUp();
            }
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        try {
            ledger.apply(new Position(record.partition(), record.offset()), Json.read(record.value(), Note.class));
            ownership.wakeDispatcher();
        } catch (MalformedRecordException e) {
            LOG.warnf(
                    "note of a delivery ignored partition=%s offset=%s reason=%s",
                    record.partition(), record.offset(), e.getMessage());
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        config.kafka(),
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "genfleet-gateway-ledger",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
