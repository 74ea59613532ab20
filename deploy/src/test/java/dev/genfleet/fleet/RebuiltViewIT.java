package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.local.ForegroundProgram;
import dev.genfleet.local.Installation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithFleet.class)
class RebuiltViewIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void aFlushedRedisIsRebuiltAndEveryJobReadsAsBefore(Fleet fleet) throws Exception {
        Map<String, JsonNode> before = severalJobs(fleet);

        fleet.redis().flushAll();

        for (Map.Entry<String, JsonNode> job : before.entrySet()) {
            assertThat(readAgain(fleet, job.getKey())).isEqualTo(job.getValue());
        }
        assertThat(listed(fleet)).containsAll(before.keySet());
    }

    @Test
    void theCommandDropsAndRebuildsTheView(Fleet fleet) throws Exception {
        Map<String, JsonNode> before = severalJobs(fleet);

        assertThat(ForegroundProgram.rebuildView(Installation.ofThisProgram(), fleet.endpoints()))
                .isZero();

        for (Map.Entry<String, JsonNode> job : before.entrySet()) {
            assertThat(readAgain(fleet, job.getKey())).isEqualTo(job.getValue());
        }
    }

    private static Map<String, JsonNode> severalJobs(Fleet fleet) throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(fleet.jobs().submitted(Jobs.request("red ring", 60 + i, 5)));
        }
        String canceled = fleet.jobs().submitted(Jobs.request("red ring", 63, 900));
        fleet.jobs().cancel(canceled);
        ids.add(canceled);
        Map<String, JsonNode> jobs = new LinkedHashMap<>();
        for (String id : ids) {
            jobs.put(id, lasting(fleet.jobs().ended(id, LIMIT)));
        }
        return jobs;
    }

    /** The job once the view knows it again: never a 404 meanwhile. */
    private static JsonNode readAgain(Fleet fleet, String id) throws Exception {
        return Eventually.within(LIMIT, "job " + id + " in the rebuilt view", () -> {
            Answer answer = fleet.jobs().job(id);
            assertThat(answer.status()).isIn(200, 503);
            return answer.status() == 200 ? Optional.of(lasting(answer.body())) : Optional.empty();
        });
    }

    private static List<String> listed(Fleet fleet) throws Exception {
        List<String> ids = new ArrayList<>();
        fleet.jobs()
                .get("/v1/jobs?limit=100")
                .body()
                .path("data")
                .forEach(job -> ids.add(job.path("id").asText()));
        return ids;
    }

    /** Without the links, which are signed anew at each reading. */
    private static JsonNode lasting(JsonNode job) {
        ObjectNode lasting = job.deepCopy();
        lasting.path("outputs").forEach(output -> ((ObjectNode) output).remove(List.of("url", "expires_at")));
        return lasting;
    }
}
