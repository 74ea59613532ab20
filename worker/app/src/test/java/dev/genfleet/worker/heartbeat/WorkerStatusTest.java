package dev.genfleet.worker.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.genfleet.engine.DeviceStatus;
import dev.genfleet.engine.shelf.ModelStatus;
import dev.genfleet.engine.shelf.ModelStatus.State;
import dev.genfleet.engine.shelf.ShelfStatus;
import dev.genfleet.wire.Json;
import dev.genfleet.worker.metrics.ForwardCounts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerStatusTest {

    private static final Instant STARTED = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void says_what_is_loaded_where() throws Exception {
        ModelStatus pinned = new ModelStatus("a", "sha256:a", 10, true, State.LOADED, Optional.empty());
        ModelStatus used = new ModelStatus("b", "sha256:b", 20, false, State.LOADED, Optional.of(STARTED));
        ModelStatus absent = new ModelStatus("b", "sha256:b", 20, false, State.ON_DEMAND, Optional.empty());
        ModelStatus leaving = new ModelStatus("c", "sha256:c", 5, false, State.LEAVING, Optional.empty());
        List<DeviceStatus> devices = List.of(
                new DeviceStatus("cpu-0", 3, new ShelfStatus(Optional.of(30L), 30, List.of(pinned, used), 2, 0)),
                new DeviceStatus(
                        "cpu-1", 0, new ShelfStatus(Optional.empty(), 15, List.of(pinned, absent, leaving), 2, 0)));
        WorkerStatus status = new WorkerStatus.Identity("w", List.of("default"), "cpu,cpu", 8, STARTED)
                .with(1, devices, new ForwardCounts().snapshot());
        JsonNode json = new JsonMapper().readTree(Json.write(status));
        assertThat(json.path("models").toString())
                .as("each loaded one once, as before there were several devices")
                .isEqualTo("""
                [{"name":"a","digest":"sha256:a"},{"name":"b","digest":"sha256:b"},{"name":"c","digest":"sha256:c"}]""");
        assertThat(json.path("devices").toString()).isEqualTo("""
                [{"device":"cpu-0","model_memory_bytes":30,"model_bytes":30,"rows_under_way":3,"models":[\
                {"name":"a","digest":"sha256:a","state":"loaded","bytes":10,"pinned":true},\
                {"name":"b","digest":"sha256:b","state":"loaded","bytes":20,"pinned":false,\
                "last_used":"2026-01-01T00:00:00Z"}]},\
                {"device":"cpu-1","model_bytes":15,"rows_under_way":0,"models":[\
                {"name":"a","digest":"sha256:a","state":"loaded","bytes":10,"pinned":true},\
                {"name":"b","digest":"sha256:b","state":"on_demand","bytes":20,"pinned":false},\
                {"name":"c","digest":"sha256:c","state":"leaving","bytes":5,"pinned":false}]}]""");
    }
}
