package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithFleet.class)
class IdempotencyIT {

    @Test
    void theSameKeyAndBodyIsTheSameJob(Fleet fleet) throws Exception {
        String body = "{\"model\":\"shapes-dit\",\"input\":{\"class_label\":\"red star\",\"num_inference_steps\":5}}";
        Map<String, String> key = Map.of("Idempotency-Key", "\"" + UUID.randomUUID() + "\"");

        Answer first = fleet.jobs().post("/v1/jobs", body, key);
        Answer second = fleet.jobs().post("/v1/jobs", body, key);

        assertThat(first.status()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.body().path("input").path("seed"))
                .isEqualTo(first.body().path("input").path("seed"));
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused(Fleet fleet) throws Exception {
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        fleet.jobs().post("/v1/jobs", Jobs.request("red star", 1, 5).toString(), key);

        Answer other =
                fleet.jobs().post("/v1/jobs", Jobs.request("red star", 2, 5).toString(), key);

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.body().path("detail").asText()).isNotBlank();
    }
}
