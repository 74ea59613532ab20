package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.local.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A worker that may hold one model at a time serves two, and the gateway says which one it has. */
@ExtendWith(WithFleet.class)
class CrowdedWorkerIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int STEPS = 10;

    @Test
    void twoModelsTakeTurnsInTheMemoryOfOne(Fleet fleet) throws Exception {
        Part worker = fleet.workerOf(
                SampleVariants.CROWDED_POOL, Map.of("GENFLEET_MODEL_MEMORY_MB", "20", "GENFLEET_DEVICE", "cpu"));
        try {
            Map<String, byte[]> pictures = new HashMap<>();
            for (int turn = 0; turn < 2; turn++) {
                for (String model : SampleVariants.CROWDED) {
                    byte[] picture = fleet.jobs().picture(fleet.jobs().succeeded(submitted(fleet, model, 7), LIMIT));
                    byte[] before = pictures.putIfAbsent(model, picture);
                    assertThat(before == null ? picture : before).isEqualTo(picture);
                    assertLoadedAlone(fleet, worker, model);
                }
            }
            assertThat(pictures.values()).doesNotHaveDuplicates();
        } finally {
            worker.stop(LIMIT);
        }
    }

    @Test
    void jobsOfBothAtOnceAllSucceed(Fleet fleet) throws Exception {
        Part worker = fleet.workerOf(
                SampleVariants.CROWDED_POOL,
                Map.of("GENFLEET_MODEL_MEMORY_MB", "20", "GENFLEET_DEVICE", "cpu,cpu", "GENFLEET_THREADS", "1"));
        try {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                ids.add(submitted(fleet, SampleVariants.CROWDED.get(i % 2), i));
            }
            for (String id : ids) {
                fleet.jobs().succeeded(id, LIMIT);
            }
            assertThat(fleet.heartbeats().of(worker.address()).orElseThrow().path("devices"))
                    .extracting(device -> device.path("device").asText())
                    .containsExactly("cpu-0", "cpu-1");
        } finally {
            worker.stop(LIMIT);
        }
    }

    private static String submitted(Fleet fleet, String model, long seed) throws Exception {
        return fleet.jobs().submitted(Jobs.request("red circle", seed, STEPS).put("model", model));
    }

    private static void assertLoadedAlone(Fleet fleet, Part worker, String loaded) throws Exception {
        for (String model : SampleVariants.CROWDED) {
            boolean there = model.equals(loaded);
            JsonNode document = Eventually.within(
                    Duration.ofSeconds(30), model + (there ? " on " : " off ") + worker.address(), () -> Optional.of(
                                    fleet.jobs().get("/v1/models/" + model).body())
                            .filter(answer -> devices(answer, worker).isEmpty() != there));
            assertThat(devices(document, worker)).isEqualTo(there ? List.of("cpu") : List.of());
            assertThat(names(document.path("workers")).contains(worker.address()))
                    .isEqualTo(there);
            assertThat(names(document.path("loadable")).contains(worker.address()))
                    .isEqualTo(!there);
        }
    }

    private static List<String> devices(JsonNode document, Part worker) {
        List<String> devices = new ArrayList<>();
        for (JsonNode place : document.path("loaded")) {
            if (place.path("worker").asText().equals(worker.address())) {
                devices.add(place.path("device").asText());
            }
        }
        return devices;
    }

    private static List<String> names(JsonNode array) {
        List<String> names = new ArrayList<>();
        array.forEach(name -> names.add(name.asText()));
        return names;
    }
}
