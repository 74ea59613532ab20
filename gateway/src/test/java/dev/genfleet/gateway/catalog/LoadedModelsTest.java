package dev.genfleet.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.gateway.catalog.LoadedModels.Heartbeat;
import dev.genfleet.gateway.catalog.LoadedModels.Place;
import dev.genfleet.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Heartbeats of workers of different age. */
class LoadedModelsTest {

    @Test
    void aWorkerSaysWhatIsOnEachDevice() throws Exception {
        Heartbeat heartbeat = read("""
                {"id":"w","models":[{"name":"a","digest":"x"}],"devices":[
                 {"device":"cuda:0","models":[{"name":"a","digest":"x","state":"loaded","bytes":5,"pinned":true},
                                              {"name":"b","digest":"y","state":"on_demand","bytes":6,"pinned":false}]},
                 {"device":"cuda:1","models":[{"name":"a","digest":"x","state":"leaving","bytes":5,"pinned":false},
                                              {"name":"c","digest":"z","state":"failed","bytes":7,"pinned":false}]}]}""");
        assertThat(heartbeat.places("a", "x"))
                .containsExactly(
                        new Place("w", Optional.of("cuda:0"), Optional.of(5L), Optional.of(true)),
                        new Place("w", Optional.of("cuda:1"), Optional.of(5L), Optional.of(false)));
        assertThat(heartbeat.loadsOnDemand("a", "x")).as("it has it").isFalse();
        assertThat(heartbeat.places("b", "y")).isEmpty();
        assertThat(heartbeat.loadsOnDemand("b", "y")).isTrue();
        assertThat(heartbeat.loadsOnDemand("b", "other digest")).isFalse();
        assertThat(heartbeat.loadsOnDemand("c", "z")).as("it has just failed").isFalse();
    }

    @Test
    void aWorkerWithoutDevicesHasWhatItNames() throws Exception {
        Heartbeat heartbeat = read("{\"id\":\"w\",\"device\":\"cpu\",\"models\":[{\"name\":\"a\",\"digest\":\"x\"}]}");
        assertThat(heartbeat.has("a", "x")).isTrue();
        assertThat(heartbeat.places("a", "x"))
                .containsExactly(new Place("w", Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(heartbeat.loadsOnDemand("a", "x")).isFalse();
        assertThat(heartbeat.loadsOnDemand("b", "y")).isFalse();
    }

    @Test
    void whatANewerWorkerSaysBesideIsNotInTheWay() throws Exception {
        Heartbeat heartbeat = read("""
                {"id":"w","devices":[{"models":[{"name":"a","digest":"x","state":"dreaming","more":1},{}]}]}""");
        assertThat(heartbeat.places("a", "x")).isEmpty();
        assertThat(heartbeat.loadsOnDemand("a", "x")).isTrue();
    }

    private static Heartbeat read(String json) throws Exception {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), Heartbeat.class);
    }
}
