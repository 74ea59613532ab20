package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.local.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithFleet.class)
class SameSeedSameBytesIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int STEPS = 40;

    @Test
    void theSameSeedGivesTheSameBytesTwice(Fleet fleet) throws Exception {
        byte[] first = picture(fleet, Jobs.request("purple cross", 1234, STEPS));
        byte[] second = picture(fleet, Jobs.request("purple cross", 1234, STEPS));
        byte[] other = picture(fleet, Jobs.request("purple cross", 1235, STEPS));

        assertThat(second).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void aloneOrBesideSevenOthersAJobGivesTheSameBytes(Fleet fleet) throws Exception {
        byte[] alone = picture(fleet, Jobs.request("orange diamond", 77, STEPS));
        Map<Integer, Long> before = rowsOfAllWorkers(fleet);

        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ids.add(fleet.jobs().submitted(i == 4 ? Jobs.request("orange diamond", 77, STEPS) : busy(i)));
        }
        byte[] together = fleet.jobs().picture(fleet.jobs().succeeded(ids.get(4), LIMIT));
        for (String id : ids) {
            fleet.jobs().succeeded(id, LIMIT);
        }

        assertThat(together).isEqualTo(alone);
        // One job with guidance has two rows: more can only come of several jobs.
        Map<Integer, Long> shared = Eventually.within(
                Duration.ofSeconds(30), "a heartbeat with forwards of several jobs", () -> Optional.of(
                                rowsOfAllWorkers(fleet))
                        .filter(after -> forwardsOfSeveral(after) > forwardsOfSeveral(before)));
        assertThat(forwardsOfSeveral(shared)).isGreaterThan(forwardsOfSeveral(before));
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode busy(int i) {
        return Jobs.request("cyan square", 500 + i, STEPS);
    }

    private static byte[] picture(Fleet fleet, JsonNode request) throws Exception {
        return fleet.jobs().picture(fleet.jobs().succeeded(fleet.jobs().submitted(request), LIMIT));
    }

    private static long forwardsOfSeveral(Map<Integer, Long> rows) {
        return rows.entrySet().stream()
                .filter(entry -> entry.getKey() > 2)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static Map<Integer, Long> rowsOfAllWorkers(Fleet fleet) throws Exception {
        Map<Integer, Long> all = new java.util.TreeMap<>();
        for (Part worker : fleet.workers()) {
            fleet.heartbeats().rows(worker.address()).forEach((rows, count) -> all.merge(rows, count, Long::sum));
        }
        return all;
    }
}
