package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.event.GenerationEvent;
import dev.genfleet.local.Part;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithFleet.class)
class EndedWorkerIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int STEPS = 1000;

    @Test
    void aJobOfAKilledWorkerIsFinishedByAnotherWithTheSameBytes(Fleet fleet) throws Exception {
        ObjectNode request = Jobs.request("green triangle", 4242, STEPS);
        String calm = fleet.jobs().submitted(request);
        String expected = Jobs.sha256(fleet.jobs().succeeded(calm, LIMIT));
        fleet.workers(2);

        String id = fleet.jobs().submitted(request);
        int step = halfway(fleet, id);
        Part victim = holder(fleet, id);
        victim.kill();

        JsonNode job = fleet.jobs().succeeded(id, LIMIT);
        assertThat(step).isBetween(1, STEPS - 1);
        assertThat(Jobs.sha256(job)).isEqualTo(expected);
        List<GenerationEvent> history = fleet.history().of(id);
        assertThat(history.stream().filter(GenerationEvent.Leased.class::isInstance))
                .hasSize(2);
        assertThat(leases(history)).doesNotHaveDuplicates().contains(victim.address());
        assertThat(history.stream().filter(GenerationEvent::terminal)).hasSize(1);
        assertThat(job.path("metrics").path("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void aWorkerThatIsAskedToStopPutsItsJobAsideForAnotherAtTheStepItHasReached(Fleet fleet) throws Exception {
        ObjectNode request = Jobs.request("green triangle", 4243, STEPS);
        String expected = Jobs.sha256(fleet.jobs().succeeded(fleet.jobs().submitted(request), LIMIT));
        fleet.workers(2);
        Map<String, Long> before = new HashMap<>();
        for (Part worker : fleet.workers()) {
            before.put(worker.address(), fleet.heartbeats().forwardsWhenIdle(worker.address(), LIMIT));
        }
        String id = fleet.jobs().submitted(request);
        halfway(fleet, id);
        Part asked = holder(fleet, id);

        asked.stop(LIMIT);

        JsonNode job = fleet.jobs().succeeded(id, LIMIT);
        assertThat(Jobs.sha256(job)).isEqualTo(expected);
        List<GenerationEvent> history = fleet.history().of(id);
        assertThat(leases(history)).hasSize(2).doesNotHaveDuplicates().startsWith(asked.address());
        GenerationEvent.Released released = released(history);
        assertThat(released.step()).isBetween(1, STEPS - 1);
        String heir = leases(history).getLast();
        assertThat(fleet.heartbeats().forwardsWhenIdleAgain(heir, before.get(heir), LIMIT) - before.get(heir))
                .as("steps that the second worker ran after step %d of %d", released.step(), STEPS)
                .isEqualTo(STEPS - released.step());
        assertThat(job.path("metrics").path("attempts").asInt()).isEqualTo(1);
    }

    private static GenerationEvent.Released released(List<GenerationEvent> history) {
        List<GenerationEvent.Released> all = history.stream()
                .filter(GenerationEvent.Released.class::isInstance)
                .map(GenerationEvent.Released.class::cast)
                .toList();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    /** The step that a job has reached between its first and the middle of its way. */
    private static int halfway(Fleet fleet, String id) throws Exception {
        return Eventually.within(
                LIMIT, "job " + id + " between its first and its last step", () -> Optional.of(fleet.jobs()
                                .job(id)
                                .body()
                                .path("progress")
                                .path("step")
                                .asInt())
                        .filter(reached -> reached > 0 && reached < STEPS / 2));
    }

    private static Part holder(Fleet fleet, String id) throws Exception {
        String worker = leases(fleet.history().of(id)).getLast();
        return fleet.workers().stream()
                .filter(part -> part.address().equals(worker))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> leases(List<GenerationEvent> history) {
        return history.stream()
                .filter(GenerationEvent.Leased.class::isInstance)
                .map(event -> ((GenerationEvent.Leased) event).worker())
                .toList();
    }
}
