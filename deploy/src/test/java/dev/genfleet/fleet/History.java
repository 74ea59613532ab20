package dev.genfleet.fleet;

import dev.genfleet.event.GenerationEvent;
import dev.genfleet.wire.CloudEventCodec;
import dev.genfleet.wire.Topics;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads from Kafka itself what happened: every record of a topic, up to its end. */
final class History {

    private final String bootstrap;

    History(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** Events of a job in the order in which they count. */
    List<GenerationEvent> of(String jobId) throws Exception {
        return all().getOrDefault(jobId, List.of());
    }

    /** Events by job, of each in the order in which they count. */
    Map<String, List<GenerationEvent>> all() throws Exception {
        Map<String, List<GenerationEvent>> events = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records(Topics.EVENTS)) {
            GenerationEvent event =
                    CloudEventCodec.readEvent(KafkaMessageFactory.createReader(record.headers(), record.value())
                            .toEvent());
            events.computeIfAbsent(event.jobId().toString(), unused -> new ArrayList<>())
                    .add(event);
        }
        return events;
    }

    /** Everything on a topic now. */
    List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }
}
