package dev.genfleet.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.event.EventType;
import dev.genfleet.gateway.view.Position;
import dev.genfleet.job.JobId;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DeliveryLedgerTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final int PARTITION = 3;

    private final JobId job = JobId.next();
    private final String id = Intents.deliveryId(job, EventType.SUCCEEDED);

    @Test
    void anyOrderAndRepetitionGiveTheSameDelivery() {
        List<Map.Entry<Long, Note>> notes = List.of(
                Map.entry(0L, intended(id)),
                Map.entry(1L, attempted(Note.Result.FAILED, Optional.of(NOON.plusSeconds(5)))),
                Map.entry(2L, attempted(Note.Result.FAILED, Optional.empty())),
                Map.entry(3L, new Note.Asked(id, job, NOON.plusSeconds(9))),
                Map.entry(4L, attempted(Note.Result.DELIVERED, Optional.empty())));
        Delivery inOrder = ledger(notes).find(id).orElseThrow();
        assertThat(inOrder.status()).isEqualTo(Delivery.Status.DELIVERED);
        assertThat(inOrder.attempts()).hasSize(3);
        for (int seed = 0; seed < 50; seed++) {
            List<Map.Entry<Long, Note>> shuffled = new ArrayList<>(notes);
            shuffled.addAll(notes);
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(ledger(shuffled).find(id)).contains(inOrder);
        }
    }

    @Test
    void isDueOnItsPartitionWhenItsTimeHasCome() {
        DeliveryLedger ledger = ledger(List.of(
                Map.entry(0L, intended(id)),
                Map.entry(1L, attempted(Note.Result.FAILED, Optional.of(NOON.plusSeconds(5))))));
        assertThat(ledger.due(Set.of(PARTITION), NOON.plusSeconds(4))).isEmpty();
        assertThat(ledger.due(Set.of(PARTITION), NOON.plusSeconds(5))).hasSize(1);
        assertThat(ledger.due(Set.of(PARTITION + 1), NOON.plusSeconds(5))).isEmpty();
    }

    @Test
    void askingAgainBeginsTheScheduleAnew() {
        Delivery delivery = ledger(List.of(
                        Map.entry(0L, intended(id)),
                        Map.entry(1L, attempted(Note.Result.FAILED, Optional.empty())),
                        Map.entry(2L, new Note.Asked(id, job, NOON.plusSeconds(60)))))
                .find(id)
                .orElseThrow();
        assertThat(delivery.status()).isEqualTo(Delivery.Status.PENDING);
        assertThat(delivery.attemptsOfSchedule()).isZero();
        assertThat(delivery.due()).contains(NOON.plusSeconds(60));
    }

    @Test
    void goneDisablesTheEndpointForEveryDelivery() {
        DeliveryLedger ledger = ledger(List.of(
                Map.entry(0L, intended(id)),
                Map.entry(1L, attempted(Note.Result.GONE, Optional.empty())),
                Map.entry(2L, intended("msg_other"))));
        assertThat(ledger.disabled(ledger.find("msg_other").orElseThrow())).isTrue();
        assertThat(ledger.find(id).orElseThrow().status()).isEqualTo(Delivery.Status.DISABLED);
    }

    @Test
    void theIdIsTheSameForTheSameJobAndType() {
        assertThat(Intents.deliveryId(job, EventType.SUCCEEDED)).isEqualTo(id);
        assertThat(Intents.deliveryId(job, EventType.FAILED)).isNotEqualTo(id);
        assertThat(Intents.deliveryId(JobId.next(), EventType.SUCCEEDED)).isNotEqualTo(id);
    }

    @Test
    void notesComeBackFromJsonAsTheyWere() throws MalformedRecordException {
        for (Note note : List.of(
                intended(id), attempted(Note.Result.FAILED, Optional.of(NOON)), new Note.Asked(id, job, NOON))) {
            assertThat(Json.read(Json.write(note), Note.class)).isEqualTo(note);
        }
    }

    private static DeliveryLedger ledger(List<Map.Entry<Long, Note>> notes) {
        DeliveryLedger ledger = new DeliveryLedger();
        notes.forEach(note -> ledger.apply(new Position(PARTITION, note.getKey()), note.getValue()));
        return ledger;
    }

    private Note.Intended intended(String deliveryId) {
        return new Note.Intended(
                deliveryId,
                job,
                "default",
                URI.create("https://example.com/hook"),
                EventType.SUCCEEDED,
                new Position(PARTITION, 17),
                NOON,
                "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01",
                NOON,
                NOON);
    }

    private Note.Attempted attempted(Note.Result result, Optional<Instant> next) {
        return new Note.Attempted(id, job, result, Optional.of(500), Optional.of("no"), next, NOON);
    }
}
