package dev.genfleet.worker.testing;

import dev.genfleet.event.GenerationEvent;
import dev.genfleet.job.JobId;
import dev.genfleet.wire.CloudEventCodec;
import dev.genfleet.wire.MalformedRecordException;
import dev.genfleet.wire.NewerVersionException;
import dev.genfleet.wire.Topics;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what was said on the events and dead-letter topics. */
public final class EventReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<GenerationEvent> events = new ArrayList<>();
    private final List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();

    /** Reads both topics from their start. */
    public EventReader(String bootstrap) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = List.of(
                new TopicPartition(Topics.EVENTS, 0),
                new TopicPartition(Topics.EVENTS, 1),
                new TopicPartition(Topics.DEAD_LETTERS, 0),
                new TopicPartition(Topics.DEAD_LETTERS, 1));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** All events of the job in order, once one of them is as wanted. */
    public List<GenerationEvent> eventsOf(JobId job, Predicate<GenerationEvent> until) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<GenerationEvent> ofJob =
                    events.stream().filter(event -> event.jobId().equals(job)).toList();
            if (ofJob.stream().anyMatch(until)) {
                return ofJob;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("job " + job + " has only the events " + ofJob);
            }
            poll(Duration.ofMillis(100));
        }
    }

    /** The job's events up to its terminal one, and whatever follows within a moment. */
    public List<GenerationEvent> untilTerminal(JobId job) {
        eventsOf(job, GenerationEvent::terminal);
        poll(Duration.ofMillis(200));
        return eventsOf(job, GenerationEvent::terminal);
    }

    /** The first dead letter with that value of a header. */
    public ConsumerRecord<byte[], byte[]> letterFrom(String topic) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            for (ConsumerRecord<byte[], byte[]> letter : letters) {
                if (new String(
                                letter.headers().lastHeader("genfleet_topic").value(),
                                java.nio.charset.StandardCharsets.UTF_8)
                        .equals(topic)) {
                    return letter;
                }
            }
            poll(Duration.ofMillis(100));
        }
        throw new AssertionError("no dead letter came from " + topic);
    }

    private void poll(Duration wait) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            if (record.topic().equals(Topics.DEAD_LETTERS)) {
                letters.add(record);
                continue;
            }
            try {
                events.add(CloudEventCodec.readEvent(
                        KafkaMessageFactory.createReader(record).toEvent()));
            } catch (MalformedRecordException | NewerVersionException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
