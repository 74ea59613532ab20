package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.job.JobId;
import dev.genfleet.job.Priority;
import dev.genfleet.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What does not belong on a jobs topic is put aside, or waits, and stops nobody. */
@ExtendWith(WithFleet.class)
class BadRecordsIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String TOPIC = Topics.jobs("default", Priority.STANDARD);

    @Test
    void aRecordThatIsNotJsonGoesToTheDeadLettersWithItsReason(Fleet fleet) throws Exception {
        byte[] value = "this is not JSON".getBytes(StandardCharsets.UTF_8);

        produce(fleet, new ProducerRecord<>(TOPIC, null, value));

        ConsumerRecord<byte[], byte[]> letter =
                Eventually.within(LIMIT, "a dead letter", () -> fleet.history().records(Topics.DEAD_LETTERS).stream()
                        .filter(record -> Arrays.equals(record.value(), value))
                        .findFirst());
        assertThat(header(letter, "genfleet_reason")).isNotBlank();
        assertThat(header(letter, "genfleet_topic")).isEqualTo(TOPIC);
        worksOn(fleet);
    }

    @Test
    void aRecordOfANewerMajorVersionWaitsAndIsNeverADeadLetter(Fleet fleet) throws Exception {
        byte[] value = "{\"of\":\"the future\"}".getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(TOPIC, JobId.next().toString().getBytes(StandardCharsets.UTF_8), value);
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "from-the-future",
                        "ce_source", "/tests",
                        "ce_type", "genfleet.generation.queued.v2",
                        "content-type", "application/json")
                .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));

        produce(fleet, record);

        worksOn(fleet);
        assertThat(fleet.history().records(Topics.DEAD_LETTERS))
                .noneMatch(letter -> Arrays.equals(letter.value(), value));
    }

    private static void worksOn(Fleet fleet) throws Exception {
        String id = fleet.jobs().submitted(Jobs.request("cyan cross", 5, 5));
        fleet.jobs().succeeded(id, LIMIT);
        assertThat(fleet.isWhole()).isTrue();
    }

    private static void produce(Fleet fleet, ProducerRecord<byte[], byte[]> record) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        fleet.endpoints().kafka()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(record).get();
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .orElse("");
    }
}
