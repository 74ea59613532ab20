package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Broken packages lie in the models folder from the start: each is left out with a sentence, and the others serve. */
@ExtendWith(WithFleet.class)
class BadModelPackagesIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        SampleVariants.MISSING_FILE + ", vae_decoder/model.onnx",
        SampleVariants.WRONG_DIGEST + ", digest",
        SampleVariants.TRUNCATED + ", transformer/model.safetensors",
    })
    void theWorkerSaysWhatIsWrong(String name, String named, Fleet fleet) throws Exception {
        assertThat(Files.readAllLines(fleet.workers().getFirst().log()))
                .anySatisfy(line -> assertThat(line).contains(name).contains(named));
        assertThat(fleet.isWhole()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({SampleVariants.MISSING_FILE, SampleVariants.WRONG_DIGEST})
    void theGatewayDoesNotOfferIt(String name, Fleet fleet) throws Exception {
        ObjectNode request = Jobs.request("red circle", 1, 5).put("model", name);

        Answer answer = fleet.jobs().submit(request);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sentences())
                .anySatisfy(sentence -> assertThat(sentence).contains(name).contains(Jobs.MODEL));
    }

    @Test
    void aJobForAModelThatNoWorkerCanLoadEndsWithAReason(Fleet fleet) throws Exception {
        ObjectNode request = Jobs.request("red circle", 1, 5).put("model", SampleVariants.TRUNCATED);

        JsonNode job = fleet.jobs().ended(fleet.jobs().submitted(request), LIMIT);

        assertThat(job.path("state").asText()).isEqualTo("failed");
        assertThat(job.path("error").path("code").asText()).isIn("model_unavailable", "attempts_exhausted");
        assertThat(job.path("error").path("detail").asText()).contains("has no model " + SampleVariants.TRUNCATED);
    }
}
