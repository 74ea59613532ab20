package dev.genfleet.worker.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.job.JobId;
import dev.genfleet.job.QueuedJob;
import dev.genfleet.worker.testing.SampleJobs;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class RecordReaderTest {

    private static final String TOPIC = "generation-jobs.default.standard";
    private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final QueuedJob job = SampleJobs.job("default");

    @Test
    void reads_a_job_and_its_trace() {
        ProducerRecord<byte[], byte[]> record = SampleJobs.record(TOPIC, job);
        record.headers().add("traceparent", TRACEPARENT.getBytes(StandardCharsets.UTF_8));
        assertThat(read(record)).isInstanceOfSatisfying(Reading.Job.class, read -> {
            assertThat(read.job()).isEqualTo(job);
            assertThat(read.trace().traceparent()).isEqualTo(TRACEPARENT);
        });
    }

    @Test
    void sees_that_a_record_is_newer() {
        ProducerRecord<byte[], byte[]> record = SampleJobs.record(TOPIC, job);
        record.headers()
                .remove("ce_type")
                .add("ce_type", "genfleet.generation.queued.v2".getBytes(StandardCharsets.UTF_8));
        assertThat(read(record)).isInstanceOf(Reading.Newer.class);
    }

    @Test
    void tells_why_a_record_is_no_job() {
        assertUnreadable(plain(job.id().toString(), "{not json"), Optional.of(job.id()), "no CloudEvent");
        assertUnreadable(plain("somebody", "{}"), Optional.empty(), "no CloudEvent");
        assertUnreadable(new ProducerRecord<>(TOPIC, null, null), Optional.empty(), "no CloudEvent");
        assertUnreadable(withValue("{\"id\": 3}"), Optional.of(job.id()), "QueuedJob");
        assertUnreadable(withValue("nonsense"), Optional.of(job.id()), "QueuedJob");
        assertUnreadable(withValue("[]"), Optional.of(job.id()), "QueuedJob");
    }

    @Test
    void refuses_a_key_that_is_not_the_jobs_id() {
        ProducerRecord<byte[], byte[]> good = SampleJobs.record(TOPIC, job);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                TOPIC, null, "other".getBytes(StandardCharsets.UTF_8), good.value(), good.headers());
        assertUnreadable(record, Optional.empty(), "the record's key is 'other', but must be the job's id " + job.id());
    }

    private ProducerRecord<byte[], byte[]> withValue(String value) {
        ProducerRecord<byte[], byte[]> good = SampleJobs.record(TOPIC, job);
        return new ProducerRecord<>(TOPIC, null, good.key(), value.getBytes(StandardCharsets.UTF_8), good.headers());
    }

    private static ProducerRecord<byte[], byte[]> plain(String key, String value) {
        return new ProducerRecord<>(
                TOPIC, key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertUnreadable(
            ProducerRecord<byte[], byte[]> record, Optional<JobId> key, String partOfReason) {
        assertThat(read(record)).isInstanceOfSatisfying(Reading.Unreadable.class, unreadable -> {
            assertThat(unreadable.key()).isEqualTo(key);
            assertThat(unreadable.reason()).contains(partOfReason);
        });
    }

    private static Reading read(ProducerRecord<byte[], byte[]> record) {
        return RecordReader.read(SampleJobs.delivered(record, 1));
    }
}
