package dev.genfleet.worker.testing;

import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.JobId;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.Priority;
import dev.genfleet.job.QueuedJob;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.wire.CloudEventCodec;
import dev.genfleet.worker.lease.JobRecord;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Jobs to run. */
public final class SampleJobs {

    /** When sample jobs were created. */
    public static final Instant CREATED = Instant.parse("2026-03-01T12:00:00Z");

    private static final CloudEventCodec CODEC = new CloudEventCodec(URI.create("/genfleet/test"));

    private SampleJobs() {}

    /** A job of four steps and one picture. */
    public static QueuedJob job(String pool) {
        return new QueuedJob(
                JobId.next(),
                "default",
                pool,
                Priority.STANDARD,
                new GenerationSpec(
                        "shapes",
                        "sha256:" + "0".repeat(64),
                        new Conditioning.ClassLabel(3, "yellow star"),
                        new ImageSize(64, 64),
                        1,
                        7,
                        new SamplerSpec(SamplerSpec.Scheduler.DDIM, 4, 0),
                        new GuidanceSpec(GuidanceSpec.Kind.CFG, 4),
                        OutputFormat.PNG),
                CREATED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    /** The same job with a deadline. */
    public static QueuedJob withDeadline(QueuedJob job, Instant deadline) {
        return new QueuedJob(
                job.id(),
                job.tenant(),
                job.pool(),
                job.priority(),
                job.spec(),
                job.createdAt(),
                Optional.of(deadline),
                job.webhook(),
                job.previews(),
                job.metadata(),
                job.idempotency());
    }

    /** The record that a gateway writes for the job. */
    public static ProducerRecord<byte[], byte[]> record(String topic, QueuedJob job) {
        return KafkaMessageFactory.createWriter(topic, job.id().toString().getBytes(StandardCharsets.UTF_8))
                .writeBinary(CODEC.queued(job));
    }

    /** The job's record as a consumer gets it for the {@code deliveries}th time. */
    public static JobRecord delivered(QueuedJob job, int deliveries) {
        return delivered(record("generation-jobs.default.standard", job), deliveries);
    }

    /** A record as a consumer gets it for the {@code deliveries}th time. */
    public static JobRecord delivered(ProducerRecord<byte[], byte[]> record, int deliveries) {
        return new JobRecord(new ConsumerRecord<>(
                record.topic(),
                2,
                41,
                CREATED.toEpochMilli(),
                TimestampType.CREATE_TIME,
                record.key() == null ? -1 : record.key().length,
                record.value() == null ? -1 : record.value().length,
                record.key(),
                record.value(),
                new RecordHeaders(record.headers()),
                Optional.empty(),
                Optional.of((short) deliveries)));
    }
}
