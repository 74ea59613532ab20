package dev.genfleet.gateway.kafka;

import dev.genfleet.gateway.view.Fact;
import dev.genfleet.gateway.view.Position;
import dev.genfleet.gateway.view.RecordId;
import dev.genfleet.wire.CloudEventCodec;
import dev.genfleet.wire.MalformedRecordException;
import dev.genfleet.wire.NewerVersionException;
import dev.genfleet.wire.Topics;
import dev.genfleet.wire.TraceContext;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Reads records of the job topics and the topic of events. Stateless. */
public final class FactReader {

    private FactReader() {}

    /**
     * Reads a record.
     *
     * @throws MalformedRecordException when it is no record of the contract
     * @throws NewerVersionException when a newer program wrote it
     */
    public static Fact read(ConsumerRecord<byte[], byte[]> record)
            throws MalformedRecordException, NewerVersionException {
        CloudEvent event = cloudEvent(record);
        return Topics.isJobs(record.topic())
                ? new Fact.Queued(idOf(record), CloudEventCodec.readQueued(event))
                : new Fact.Happened(
                        new Position(record.partition(), record.offset()), CloudEventCodec.readEvent(event));
    }

    /** Where a record stands. */
    public static RecordId idOf(ConsumerRecord<byte[], byte[]> record) {
        return new RecordId(record.topic(), record.partition(), record.offset());
    }

    /** The trace that a record belongs to. */
    public static TraceContext trace(ConsumerRecord<byte[], byte[]> record) {
        return TraceContext.of(header(record, TraceContext.TRACEPARENT), header(record, TraceContext.TRACESTATE));
    }

    private static CloudEvent cloudEvent(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
        if (record.value() == null) {
            throw new MalformedRecordException("the record has no value");
        }
        try {
            return KafkaMessageFactory.createReader(record).toEvent();
        } catch (CloudEventRWException e) {
            throw new MalformedRecordException("the record is no CloudEvent: " + e.getMessage(), e);
        }
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.US_ASCII));
    }
}
