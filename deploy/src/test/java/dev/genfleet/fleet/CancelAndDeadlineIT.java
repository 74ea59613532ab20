package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.event.EventType;
import dev.genfleet.event.GenerationEvent;
import dev.genfleet.local.Part;
import java.time.Duration;
import java.time.Instant;
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
        String id = fleet.jobs().submitted(waiting(2));

        Answer answer = fleet.jobs().cancel(id);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(fleet.jobs().ended(id, LIMIT).path("state").asText()).isEqualTo("canceled");
        String later = fleet.jobs().submitted(waiting(3));
        serveUntilEnded(fleet, later);
        assertThat(fleet.history().of(id)).extracting(GenerationEvent::type).containsExactly(EventType.CANCELED);
    }

    @Test
    void aJobThatDidNotStartByItsDeadlineExpires(Fleet fleet) throws Exception {
        Answer answer = fleet.jobs().post("/v1/jobs", waiting(4).toString(), Map.of("Cancel-After", "1s"));
        Instant deadline = Instant.parse(answer.body().path("deadline").asText());
        Eventually.within(
                LIMIT, "the deadline", () -> Optional.of(Instant.now()).filter(deadline::isBefore));

        JsonNode job = serveUntilEnded(fleet, answer.id());

        assertThat(job.path("state").asText()).isEqualTo("expired");
        assertThat(fleet.history().of(answer.id()))
                .extracting(GenerationEvent::type)
                .doesNotContain(EventType.STARTED);
    }

    private static ObjectNode waiting(long seed) {
        return Jobs.request("blue square", seed, 10).put("model", SampleVariants.UNSERVED);
    }

    private static JsonNode serveUntilEnded(Fleet fleet, String id) throws Exception {
        Part worker = fleet.workerOf(SampleVariants.UNSERVED_POOL);
        try {
            return fleet.jobs().ended(id, LIMIT);
        } finally {
            worker.stop(Duration.ofSeconds(20));
        }
    }
}
