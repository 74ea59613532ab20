package dev.genfleet.gateway.projection;

import dev.genfleet.gateway.kafka.FactReader;
import dev.genfleet.gateway.view.ViewStore;
import dev.genfleet.wire.MalformedRecordException;
import dev.genfleet.wire.NewerVersionException;
import dev.genfleet.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jboss.logging.Logger;

/** All job topics and the topic of events, read from given offsets without a consumer group. One thread. */
final class ProjectionSource implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ProjectionSource.class);
    private static final int MOST_RECORDS = 1000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private Map<TopicPartition, Long> ends = Map.of();

    ProjectionSource(String bootstrap) {
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        "genfleet-gateway-projector",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        MOST_RECORDS,
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        10_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Begins again at {@code offsets}; a partition that they do not name is read from its beginning. */
    void seek(Map<String, Long> offsets) {
        Set<TopicPartition> partitions = partitions();
        consumer.assign(partitions);
        List<TopicPartition> fromBeginning = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            Optional.ofNullable(offsets.get(partition.topic() + "/" + partition.partition()))
                    .ifPresentOrElse(offset -> consumer.seek(partition, offset), () -> fromBeginning.add(partition));
        }
        if (!fromBeginning.isEmpty()) {
            consumer.seekToBeginning(fromBeginning);
        }
        ends = new HashMap<>(consumer.endOffsets(partitions));
    }

    /** The next records; those that cannot be read are entries without a fact. */
    List<ViewStore.Entry> poll(Duration longest) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(longest);
        List<ViewStore.Entry> entries = new ArrayList<>(records.count());
        records.forEach(record -> entries.add(entry(record)));
        return entries;
    }

    /** Whether everything has been polled that was there at the last {@link #seek}. */
    boolean reachedEnds() {
        ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        return ends.isEmpty();
    }

    /** Whether topics have come since the last {@link #seek}. */
    boolean hasNewPartitions() {
        return !partitions().equals(consumer.assignment());
    }

    private Set<TopicPartition> partitions() {
        return consumer.listTopics().entrySet().stream()
                .filter(topic -> Topics.isJobs(topic.getKey()) || topic.getKey().equals(Topics.EVENTS))
                .flatMap(topic -> topic.getValue().stream())
                .map(ProjectionSource::partition)
                .collect(Collectors.toSet());
    }

    private static TopicPartition partition(PartitionInfo info) {
        return new TopicPartition(info.topic(), info.partition());
    }

    private static ViewStore.Entry entry(ConsumerRecord<byte[], byte[]> record) {
        try {
            return new ViewStore.Entry(FactReader.idOf(record), Optional.of(FactReader.read(record)));
        } catch (MalformedRecordException | NewerVersionException e) {
            LOG.warnf("record left out of the view record=%s reason=%s", FactReader.idOf(record), e.getMessage());
            return new ViewStore.Entry(FactReader.idOf(record), Optional.empty());
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
