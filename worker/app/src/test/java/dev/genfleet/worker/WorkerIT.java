package dev.genfleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.control.CancelRequest;
import dev.genfleet.event.EventType;
import dev.genfleet.event.GenerationEvent;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.job.JobId;
import dev.genfleet.job.QueuedJob;
import dev.genfleet.wire.CloudEventCodec;
import dev.genfleet.wire.RedisKeys;
import dev.genfleet.wire.Topics;
import dev.genfleet.worker.testing.EventReader;
import dev.genfleet.worker.testing.RealParts;
import dev.genfleet.worker.testing.S3Server;
import dev.genfleet.worker.testing.SampleJobs;
import dev.genfleet.worker.testing.ScriptedGenerator;
import dev.genfleet.worker.testing.ScriptedGenerator.ScriptedRun;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.minio.GetObjectArgs;
import io.minio.MinioClient;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** The worker between a real broker, Redis and object storage; only the engine is a script. Each test has a pool of its own. */
@Timeout(60)
class WorkerIT {

    /** Short, so that renewals happen; a third of it is the time between two. */
    private static final Duration LOCK = Duration.ofSeconds(3);

    private static RealParts parts;
    private static KafkaProducer<byte[], byte[]> producer;
    private static EventReader events;
    private static MinioClient s3;

    @BeforeAll
    static void startParts(@TempDir Path home) throws Exception {
        parts = RealParts.start(home, LOCK);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", parts.kafka().bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        events = new EventReader(parts.kafka().bootstrap());
        s3 = MinioClient.builder()
                .endpoint(parts.s3().endpoint().toString())
                .credentials(S3Server.ACCESS_KEY, S3Server.SECRET_KEY)
                .region("us-east-1")
                .build();
    }

    @AfterAll
    static void stopParts() throws Exception {
        s3.close();
        events.close();
        producer.close(Duration.ofSeconds(1));
        parts.close();
    }

    @Test
    void a_job_becomes_a_stored_picture() throws Exception {
        parts.kafka().createPool("happy");
        QueuedJob job = queue("happy");
        try (TestWorker worker = TestWorker.start(parts.environment("w-happy", "happy"))) {
            worker.forwards().forward(4, 2, Duration.ofMillis(3));
            worker.engine().next().complete();

            List<GenerationEvent> all = events.untilTerminal(job.id());
            assertThat(all)
                    .extracting(GenerationEvent::type)
                    .containsExactly(EventType.LEASED, EventType.STARTED, EventType.SUCCEEDED);
            assertThat(all)
                    .extracting(GenerationEvent::lease)
                    .doesNotContainNull()
                    .containsOnly(all.getFirst().lease());
            var artifact = ((GenerationEvent.Succeeded) all.getLast()).outputs().getFirst();
            assertThat(artifact.key()).startsWith("outputs/default/" + job.id() + "/0-");
            StatObjectResponse stat = s3.statObject(StatObjectArgs.builder()
                    .bucket("genfleet")
                    .object(artifact.key())
                    .build());
            assertThat(stat.contentType()).isEqualTo("image/png");
            assertThat(stat.userMetadata().get("job-id")).contains(job.id().toString());
            assertThat(stat.userMetadata().get("seed")).contains("7");
            try (var content = s3.getObject(GetObjectArgs.builder()
                    .bucket("genfleet")
                    .object(artifact.key())
                    .build())) {
                assertThat(content.readAllBytes()).isEqualTo(ScriptedGenerator.bytes(7));
            }
        }
        try (RedisClient redis = RedisClient.create(parts.redisUri())) {
            assertThat(redis.get(RedisKeys.progress(job.id()))).contains("\"step\":4", "\"steps\":4");
            assertThat(redis.exists(RedisKeys.worker("w-happy"))).isFalse();
        }
    }

    @Test
    void a_killed_workers_job_goes_to_another() throws Exception {
        parts.kafka().createPool("killed");
        QueuedJob job = queue("killed");
        Process doomed = process(parts.environment("w-doomed", "killed"));
        try (var output = doomed.inputReader()) {
            assertThat(output.lines().anyMatch("first step ran"::equals)).isTrue();
            events.eventsOf(job.id(), event -> event.type() == EventType.STARTED);
        } finally {
            doomed.destroyForcibly().waitFor();
        }
        try (TestWorker heir = TestWorker.start(parts.environment("w-heir", "killed"))) {
            heir.engine().next().complete();
            List<GenerationEvent> all = events.untilTerminal(job.id());
            assertThat(all)
                    .extracting(GenerationEvent::type)
                    .containsExactly(
                            EventType.LEASED,
                            EventType.STARTED,
                            EventType.LEASED,
                            EventType.STARTED,
                            EventType.SUCCEEDED);
            assertThat(((GenerationEvent.Leased) all.get(0)).worker()).isEqualTo("w-doomed");
            assertThat(((GenerationEvent.Leased) all.get(2)).worker()).isEqualTo("w-heir");
            assertThat(all.get(4).lease())
                    .isEqualTo(all.get(2).lease())
                    .isNotEqualTo(all.get(0).lease());
        }
    }

    @Test
    void a_running_job_is_canceled_at_its_next_step() throws Exception {
        parts.kafka().createPool("canceled");
        QueuedJob job = queue("canceled");
        try (TestWorker worker = TestWorker.start(parts.environment("w-cancel", "canceled"))) {
            ScriptedRun run = worker.engine().next().steps(1, 2);
            CloudEventCodec codec = new CloudEventCodec(URI.create("/genfleet/test"));
            send(KafkaMessageFactory.createWriter(
                            Topics.CONTROL, job.id().toString().getBytes(StandardCharsets.UTF_8))
                    .writeBinary(codec.cancel(new CancelRequest(job.id(), Instant.now()))));
            assertThat(run.isCanceledWithin(Duration.ofSeconds(10))).isTrue();
            run.stopAt(2);
            assertThat(events.untilTerminal(job.id()))
                    .extracting(GenerationEvent::type)
                    .containsExactly(EventType.LEASED, EventType.STARTED, EventType.CANCELED);
        }
    }

    @Test
    void a_record_that_is_no_job_is_dead_lettered_and_the_next_job_runs() throws Exception {
        parts.kafka().createPool("poison");
        JobId broken = JobId.next();
        String topic = Topics.jobs("poison").getFirst();
        send(new ProducerRecord<>(
                topic,
                0,
                broken.toString().getBytes(StandardCharsets.UTF_8),
                "{not json".getBytes(StandardCharsets.UTF_8)));
        QueuedJob job = queue("poison");
        try (TestWorker worker = TestWorker.start(parts.environment("w-poison", "poison"))) {
            worker.engine().next().complete();
            events.untilTerminal(job.id());

            ConsumerRecord<byte[], byte[]> letter = events.letterFrom(topic);
            assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo("{not json");
            assertThat(new String(letter.key(), StandardCharsets.UTF_8)).isEqualTo(broken.toString());
            assertThat(letter.headers().lastHeader("genfleet_reason")).isNotNull();
            assertThat(letter.headers().lastHeader("genfleet_partition").value())
                    .asString()
                    .isEqualTo("0");
            assertThat(letter.headers().lastHeader("genfleet_offset").value())
                    .asString()
                    .isEqualTo("0");
            assertThat(events.untilTerminal(broken).getFirst())
                    .isInstanceOfSatisfying(GenerationEvent.Failed.class, failed -> assertThat(failed.code())
                            .isEqualTo(ErrorCode.INVALID_REQUEST));
        }
    }

    @Test
    void a_job_of_a_newer_version_waits_for_a_newer_worker() throws Exception {
        parts.kafka().createPool("newer");
        ProducerRecord<byte[], byte[]> record =
                SampleJobs.record(Topics.jobs("newer").get(1), SampleJobs.job("newer"));
        record.headers().remove("ce_type");
        record.headers().add("ce_type", "genfleet.generation.queued.v2".getBytes(StandardCharsets.UTF_8));
        send(record);
        QueuedJob older = queue("newer");
        Map<String, String> environment = parts.environment("w-older", "newer");
        environment.put("GENFLEET_SLOTS", "interactive:1,batch:2");
        try (TestWorker worker = TestWorker.start(environment)) {
            worker.engine().next().complete();
            events.untilTerminal(older.id());
        }
        assertThat(takeOne("newer", Topics.jobs("newer").get(1)).value()).isEqualTo(record.value());
    }

    @Test
    void renewals_keep_a_job_that_takes_longer_than_the_lock() throws Exception {
        parts.kafka().createPool("long");
        QueuedJob job = queue("long");
        try (TestWorker worker = TestWorker.start(parts.environment("w-long", "long"))) {
            ScriptedRun run = worker.engine().next().steps(1, 1);
            try (TestWorker rival = TestWorker.start(parts.environment("w-rival", "long"))) {
                assertThat(run.isCanceledWithin(LOCK.plus(LOCK.dividedBy(3)))).isFalse();
                assertThat(rival.engine().isIdle()).isTrue();
                run.steps(2, 4).finish();
                assertThat(events.untilTerminal(job.id()))
                        .extracting(GenerationEvent::type)
                        .containsExactly(EventType.LEASED, EventType.STARTED, EventType.SUCCEEDED);
            }
        }
    }

    @Test
    void a_stopping_worker_gives_back_what_it_cannot_finish() throws Exception {
        parts.kafka().createPool("drained");
        QueuedJob job = queue("drained");
        Map<String, String> impatient = parts.environment("w-impatient", "drained");
        impatient.put("GENFLEET_DRAIN_SECONDS", "0");
        TestWorker leaving = TestWorker.start(impatient);
        ScriptedRun run = leaving.engine().next().steps(1, 1);
        leaving.close();
        assertThat(run.isCanceledWithin(Duration.ZERO)).isTrue();
        try (TestWorker heir = TestWorker.start(parts.environment("w-heir", "drained"))) {
            heir.engine().next().complete();
            assertThat(events.untilTerminal(job.id()).getLast().type()).isEqualTo(EventType.SUCCEEDED);
        }
    }

    @Test
    void a_stopping_worker_puts_its_job_aside_and_the_next_one_goes_on_there() throws Exception {
        parts.kafka().createPool("suspended");
        QueuedJob job = queue("suspended");
        TestWorker leaving = TestWorker.start(parts.environment("w-leaving", "suspended"));
        ScriptedRun run = leaving.engine().next().steps(1, 2);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(leaving::close);
        assertThat(run.isSuspendedWithin(Duration.ofSeconds(10))).isTrue();
        run.suspendAt(2);
        closed.get(20, TimeUnit.SECONDS);

        try (TestWorker heir = TestWorker.start(parts.environment("w-heir", "suspended"))) {
            ScriptedRun resumed = heir.engine().next();
            assertThat(resumed.generation().checkpoint())
                    .hasValueSatisfying(from -> assertThat(from.step()).isEqualTo(2));
            resumed.steps(3, 4).finish();
            assertThat(events.untilTerminal(job.id()))
                    .extracting(GenerationEvent::type)
                    .containsExactly(
                            EventType.LEASED,
                            EventType.STARTED,
                            EventType.RELEASED,
                            EventType.LEASED,
                            EventType.STARTED,
                            EventType.SUCCEEDED);
        }
        try (RedisClient redis = RedisClient.create(parts.redisUri())) {
            assertThat(redis.exists(RedisKeys.checkpoint(job.id()))).isFalse();
        }
    }

    private static QueuedJob queue(String pool) throws Exception {
        QueuedJob job = SampleJobs.job(pool);
        send(SampleJobs.record(Topics.jobs(pool, job.priority()), job));
        return job;
    }

    private static void send(ProducerRecord<byte[], byte[]> record) throws Exception {
        producer.send(record).get(20, TimeUnit.SECONDS);
    }

    private static ConsumerRecord<byte[], byte[]> takeOne(String pool, String topic) {
        try (KafkaShareConsumer<byte[], byte[]> consumer = new KafkaShareConsumer<>(
                Map.of(
                        "bootstrap.servers", parts.kafka().bootstrap(),
                        "group.id", Topics.shareGroup(pool),
                        "share.acknowledgement.mode", "explicit"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (System.nanoTime() < end) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(200));
                if (!records.isEmpty()) {
                    return records.iterator().next();
                }
            }
            throw new AssertionError("nothing waits on " + topic);
        }
    }

    private static Process process(Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TestWorker.class.getName());
        builder.environment().putAll(environment);
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }
}
