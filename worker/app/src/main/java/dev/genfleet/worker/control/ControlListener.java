package dev.genfleet.worker.control;

import dev.genfleet.control.CancelRequest;
import dev.genfleet.wire.CloudEventCodec;
import dev.genfleet.wire.MalformedRecordException;
import dev.genfleet.wire.NewerVersionException;
import dev.genfleet.wire.Topics;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the control topic. No group and no committed offsets: a message concerns the jobs that run now, and a worker that joins
 * later sees the flag that each request also leaves in Redis.
 */
public final class ControlListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlListener.class);
    private static final Duration POLL_WAIT = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final Cancellations cancellations;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch listening = new CountDownLatch(1);
    private final Thread thread;

    /**
     * A listener that does not run yet.
     *
     * @param consumer belongs to the listener's thread from {@link #start} on, which closes it
     * @param cancellations told about each request
     */
    public ControlListener(Consumer<byte[], byte[]> consumer, Cancellations cancellations) {
        this.consumer = consumer;
        this.cancellations = cancellations;
        this.thread = Thread.ofPlatform().name("control").unstarted(this::run);
    }

    /** A consumer as the listener needs it. */
    public static Consumer<byte[], byte[]> consumer(String bootstrap, String clientId) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.CLIENT_ID_CONFIG,
                        clientId,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "latest",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Starts to listen. */
    public synchronized void start() {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    /** Waits until messages sent from now on are heard; false when that took longer than {@code wait}. */
    public boolean awaitListening(Duration wait) throws InterruptedException {
        return listening.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void close() {
        stopping.countDown();
        if (thread.getState() == Thread.State.NEW) {
            consumer.close();
            return;
        }
        try {
            if (!thread.join(CLOSE_WAIT)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            while (stopping.getCount() > 0) {
                try {
                    runOnce();
                } catch (org.apache.kafka.common.errors.InterruptException e) {
                    return;
                } catch (KafkaException e) {
                    LOG.atWarn().addKeyValue("reason", e.getMessage()).log("control topic cannot be read now");
                    pause();
                }
            }
        }
    }

    /** Joins when it has not yet, and hears what was said meanwhile. */
    void runOnce() {
        if (consumer.assignment().isEmpty() && !join()) {
            pause();
            return;
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL_WAIT)) {
            hear(record);
        }
    }

    private boolean join() {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.CONTROL).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            return false;
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        listening.countDown();
        return true;
    }

    private void hear(ConsumerRecord<byte[], byte[]> record) {
        try {
            CancelRequest request = CloudEventCodec.readCancel(
                    KafkaMessageFactory.createReader(record).toEvent());
            LOG.atInfo().addKeyValue("job_id", request.jobId()).log("asked to cancel");
            cancellations.cancel(request.jobId());
        } catch (NewerVersionException
                | MalformedRecordException
                | CloudEventRWException
                | IllegalStateException
                | IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", e.getMessage())
                    .log("control message passed over");
        }
    }

    private void pause() {
        try {
            if (stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("stopping");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }
}
