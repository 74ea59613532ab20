package dev.genfleet.gateway.kafka;

import dev.genfleet.control.CancelRequest;
import dev.genfleet.event.GenerationEvent;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.gateway.config.GatewayConfig;
import dev.genfleet.gateway.http.ProblemException;
import dev.genfleet.gateway.view.Fact;
import dev.genfleet.gateway.view.RecordId;
import dev.genfleet.job.JobId;
import dev.genfleet.job.QueuedJob;
import dev.genfleet.wire.CloudEventCodec;
import dev.genfleet.wire.Topics;
import dev.genfleet.wire.TraceContext;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes records and returns once Kafka has them on all replicas in sync. Any thread.
 *
 * <p>Every method throws {@link ProblemException} with {@link ErrorCode#UNAVAILABLE} when Kafka does not acknowledge in time;
 * the record may have been taken all the same.
 */
@Singleton
public final class RecordLog {

    private static final Duration DELIVERY = Duration.ofSeconds(10);
    private static final Duration REQUEST = Duration.ofSeconds(5);

    private final KafkaProducer<String, byte[]> producer;
    private final CloudEventCodec codec = new CloudEventCodec(URI.create("/genfleet/gateway"));

    RecordLog(GatewayConfig config) {
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        config.kafka(),
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "genfleet-gateway",
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        DELIVERY.toMillis(),
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        (int) REQUEST.toMillis(),
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        (int) DELIVERY.toMillis()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Puts a job on its pool's topic. */
    public Fact.Queued queue(QueuedJob job, TraceContext trace) {
        RecordId record = publish(Topics.jobs(job.pool(), job.priority()), job.id(), codec.queued(job), trace);
        return new Fact.Queued(record, job);
    }

    /** Tells what the gateway decided about a job. */
    public void tell(GenerationEvent event, TraceContext trace) {
        publish(Topics.EVENTS, event.jobId(), codec.event(event), trace);
    }

    /** Asks all workers to stop a job. */
    public void ask(CancelRequest request, TraceContext trace) {
        publish(Topics.CONTROL, request.jobId(), codec.cancel(request), trace);
    }

    /**
     * Puts JSON of the gateway's own on one of its topics.
     *
     * @param topic the topic
     * @param id the job, whose id is the record's key
     * @param json UTF-8 bytes
     * @return where the record stands
     */
    public RecordId note(String topic, JobId id, byte[] json) {
        return send(new ProducerRecord<>(topic, id.toString(), json));
    }

    private RecordId publish(String topic, JobId key, CloudEvent event, TraceContext trace) {
        ProducerRecord<String, byte[]> record =
                KafkaMessageFactory.createWriter(topic, key.toString()).writeBinary(event);
        record.headers().add(TraceContext.TRACEPARENT, trace.traceparent().getBytes(StandardCharsets.US_ASCII));
        trace.tracestate().ifPresent(state -> record.headers()
                .add(TraceContext.TRACESTATE, state.getBytes(StandardCharsets.US_ASCII)));
        return send(record);
    }

    private RecordId send(ProducerRecord<String, byte[]> record) {
        try {
            RecordMetadata written = producer.send(record).get();
            return new RecordId(written.topic(), written.partition(), written.offset());
        } catch (ExecutionException | RuntimeException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    private static ProblemException unavailable(Exception cause) {
        return new ProblemException(
                ErrorCode.UNAVAILABLE,
                "The queue did not confirm the job in time. It may have taken it: repeat the request with the same"
                        + " Idempotency-Key to be sure that it runs once.",
                cause);
    }

    @PreDestroy
    void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
