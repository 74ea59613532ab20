package dev.genfleet.worker.lease;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** A record on a jobs topic as it lies there, before anyone has looked at whether it is a job. */
public final class JobRecord {

    private final ConsumerRecord<byte[], byte[]> source;

    /** Wraps what a consumer returned. */
    public JobRecord(ConsumerRecord<byte[], byte[]> source) {
        this.source = source;
    }

    /** The record itself, for those that copy or settle it. */
    public ConsumerRecord<byte[], byte[]> source() {
        return source;
    }

    /** How often the broker has handed it out since it was written, this time included; from 1. */
    public int deliveries() {
        return source.deliveryCount().map(Short::intValue).orElse(1);
    }

    /** The key as text, which for a job is its id. */
    public Optional<String> key() {
        return Optional.ofNullable(source.key()).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** The last header of that name as text. */
    public Optional<String> header(String name) {
        Header header = source.headers().lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    /** {@code topic/partition/offset}, which names it forever. */
    public String position() {
        return source.topic() + "/" + source.partition() + "/" + source.offset();
    }

    /** Whether that is the same record, perhaps delivered another time. */
    boolean isSameAs(ConsumerRecord<byte[], byte[]> other) {
        return source.offset() == other.offset()
                && source.partition() == other.partition()
                && source.topic().equals(other.topic());
    }

    @Override
    public String toString() {
        return position();
    }
}
