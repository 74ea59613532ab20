package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.event.GenerationEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithFleet.class)
class CancelAndDeadlineIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Test
    void aRunningJobStopsAtAStep(Fleet fleet) throws Exception {
        String id = fleet.jobs().submitted(Jobs.request("blue square", 1, 1000));
        Eventually.within(LIMIT, "job " + id + " in processing", () -> Optional.of(
                        fleet.jobs().job(id).state())
                .filter("processing"::equals));

        Answer answer = fleet.jobs().cancel(id);

        assertThat(answer.status()).isEqualTo(202);
        JsonNode job = fleet.jobs().ended(id, LIMIT);
        assertThat(job.path("state").asText()).isEqualTo("canceled");
        assertThat(fleet.jobs().cancel(id).status()).isEqualTo(409);
        assertThat(fleet.history().of(id).stream().filter(GenerationEvent::terminal))
                .hasSize(1);
    }

    @Test
    void aQueuedJobThatIsCanceledNeverStarts(Fleet fleet) throws Exception {
        List<String> busy = occupy(fleet);
        String id = fleet.jobs().submitted(Jobs.request("blue square", 2, 10));

        Answer answer = fleet.jobs().cancel(id);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(fleet.jobs().ended(id, LIMIT).path("state").asText()).isEqualTo("canceled");
        free(fleet, busy);
        assertThat(fleet.history().of(id).stream().filter(GenerationEvent.Started.class::isInstance))
                .isEmpty();
    }

    @Test
    void aJobThatDidNotStartByItsDeadlineExpires(Fleet fleet) throws Exception {
        List<String> busy = occupy(fleet);
        ObjectNode request = Jobs.request("blue square", 3, 10);
        Answer answer = fleet.jobs().post("/v1/jobs", request.toString(), Map.of("Cancel-After", "1s"));

        // Looked at by the reconciler while it waits, and by the worker that takes it.
        Eventually.within(Duration.ofSeconds(10), "the deadline", () -> Optional.of(java.time.Instant.now())
                .filter(now -> now.isAfter(
                        java.time.Instant.parse(answer.body().path("deadline").asText()))));
        free(fleet, busy);

        assertThat(fleet.jobs().ended(answer.id(), LIMIT).path("state").asText())
                .isEqualTo("expired");
    }

    /** Fills every slot that takes standard jobs. */
    private static List<String> occupy(Fleet fleet) throws Exception {
        int slots = 0;
        for (var worker : fleet.workers()) {
            slots += fleet.heartbeats()
                    .of(worker.address())
                    .orElseThrow()
                    .path("slots")
                    .asInt();
        }
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < slots; i++) {
            ids.add(fleet.jobs().submitted(Jobs.request("blue square", 100 + i, 1000)));
        }
        int interactiveOnly = fleet.workers().size();
        int most = slots - interactiveOnly;
        Eventually.within(LIMIT, "all slots busy", () -> {
            long taken = 0;
            for (String id : ids) {
                taken += fleet.jobs().job(id).state().equals("queued") ? 0 : 1;
            }
            return taken >= most ? Optional.of(taken) : Optional.empty();
        });
        return ids;
    }

    private static void free(Fleet fleet, List<String> ids) throws Exception {
        for (String id : ids) {
            fleet.jobs().cancel(id);
        }
        for (String id : ids) {
            fleet.jobs().ended(id, LIMIT);
        }
    }
}
