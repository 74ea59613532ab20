package dev.genfleet.worker.events;

import dev.genfleet.event.GenerationEvent;
import dev.genfleet.wire.CloudEventCodec;
import dev.genfleet.wire.Topics;
import dev.genfleet.wire.TraceContext;
import dev.genfleet.worker.lease.JobRecord;
import dev.genfleet.worker.lease.Requeue;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Everything that a worker writes to Kafka, through one idempotent producer. Safe on any thread; closing twice is fine. */
public final class KafkaJournal implements EventLog, DeadLetters, Requeue, AutoCloseable {

    private static final Duration REQUEUE_WAIT = Duration.ofSeconds(10);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

    private final CloudEventCodec codec;
    private final Producer<byte[], byte[]> producer;
    private final ExecutorService sender =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("events").factory());

    /**
     * A journal on a producer that it closes.
     *
     * @param codec writes events in the worker's name
     * @param producer with {@code acks=all}
     */
    public KafkaJournal(CloudEventCodec codec, Producer<byte[], byte[]> producer) {
        this.codec = codec;
        this.producer = producer;
    }

    /** A producer as the journal needs it. */
    public static Producer<byte[], byte[]> producer(String bootstrap, String clientId) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ProducerConfig.CLIENT_ID_CONFIG,
                        clientId,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "none",
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        10_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public CompletableFuture<Void> append(GenerationEvent event, TraceContext trace) {
        ProducerRecord<byte[], byte[]> record = KafkaMessageFactory.createWriter(
                        Topics.EVENTS, event.jobId().toString().getBytes(StandardCharsets.UTF_8))
                .writeBinary(codec.event(event));
        TraceContext child = trace.child();
        header(record, TraceContext.TRACEPARENT, child.traceparent());
        child.tracestate().ifPresent(state -> header(record, TraceContext.TRACESTATE, state));
        return send(record);
    }

    @Override
    public CompletableFuture<Void> bury(JobRecord record, String reason) {
        ConsumerRecord<byte[], byte[]> source = record.source();
        ProducerRecord<byte[], byte[]> letter = copy(source, Topics.DEAD_LETTERS);
        header(letter, REASON, reason);
        header(letter, TOPIC, source.topic());
        header(letter, PARTITION, Integer.toString(source.partition()));
        header(letter, OFFSET, Long.toString(source.offset()));
        return send(letter);
    }

    @Override
    public void requeue(JobRecord record) throws IOException {
        try {
            send(copy(record.source(), record.source().topic())).get(REQUEUE_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before Kafka acknowledged the copy of " + record, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Kafka did not acknowledge the copy of " + record, e);
        }
    }

    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(CLOSE_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                sender.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(CLOSE_WAIT);
    }

    private static ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> source, String topic) {
        return new ProducerRecord<>(
                topic,
                null,
                null,
                source.key(),
                source.value(),
                source.headers().toArray().length == 0 ? null : source.headers());
    }

    private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        try {
            sender.execute(() -> sendNow(record, acknowledged));
        } catch (RejectedExecutionException e) {
            acknowledged.completeExceptionally(new IOException("the worker stops and writes to Kafka no more", e));
        }
        return acknowledged;
    }

    private void sendNow(ProducerRecord<byte[], byte[]> record, CompletableFuture<Void> acknowledged) {
        try {
            var unused = producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    acknowledged.complete(null);
                } else {
                    acknowledged.completeExceptionally(refused(record, failure));
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            acknowledged.completeExceptionally(refused(record, e));
        }
    }

    private static IOException refused(ProducerRecord<byte[], byte[]> record, Exception why) {
        return new IOException("Kafka did not acknowledge a record on " + record.topic(), why);
    }
}
