package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.event.EventType;
import dev.genfleet.event.GenerationEvent;
import dev.genfleet.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A model that gives numbers that are none, for one of its classes. */
@ExtendWith(WithFleet.class)
class NumericalFaultIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int NEIGHBOURS = 3;
    private static final int STEPS = 60;

    @Test
    void aJobWithoutNumbersIsADeadLetterAndItsNeighboursHaveTheirBytes(Fleet fleet) throws Exception {
        String alone = Jobs.sha256(fleet.jobs().succeeded(fleet.jobs().submitted(request("red circle")), LIMIT));
        List<String> neighbours = new ArrayList<>();
        for (int i = 0; i < NEIGHBOURS; i++) {
            neighbours.add(fleet.jobs().submitted(request("red circle")));
        }
        String poisoned = fleet.jobs().submitted(request(PoisonedModel.LABEL));

        JsonNode job = fleet.jobs().ended(poisoned, LIMIT);

        assertThat(job.path("state").asText()).isEqualTo("failed");
        assertThat(job.path("error").path("code").asText()).isEqualTo("numerical_fault");
        assertThat(job.path("error").path("detail").asText())
                .contains("not finite numbers after step 1 of " + STEPS, PoisonedModel.NAME);
        assertThat(fleet.history().of(poisoned))
                .extracting(GenerationEvent::type)
                .filteredOn(EventType::terminal)
                .containsExactly(EventType.FAILED);
        assertThat(fleet.history().records(Topics.DEAD_LETTERS))
                .filteredOn(letter -> new String(letter.value(), StandardCharsets.UTF_8).contains(poisoned))
                .hasSize(1);
        for (String neighbour : neighbours) {
            assertThat(Jobs.sha256(fleet.jobs().succeeded(neighbour, LIMIT))).isEqualTo(alone);
        }
        assertThat(fleet.isWhole()).isTrue();
    }

    private static ObjectNode request(String label) {
        return Jobs.request(label, 11, STEPS).put("model", PoisonedModel.NAME);
    }
}
