package dev.genfleet.gateway.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.gateway.http.Problem.FieldError;
import dev.genfleet.job.JobRequest;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreviewLimitsTest {

    @Test
    void modelsWithoutPreviewsRefuseThemInASentence() throws Exception {
        ModelManifest without = Models.shapes();
        ModelManifest with =
                without.withLatent(new ModelManifest.Latent(4, 8, 0.2, Optional.empty(), Optional.of(true)));
        assertThat(complaints("true", without))
                .extracting(FieldError::detail)
                .containsExactly("previews is true, but shapes-dit has none: its package neither knows the colours of"
                        + " latents nor decodes quickly.");
        assertThat(complaints("false", without)).isEmpty();
        assertThat(complaints("true", with)).isEmpty();
    }

    private static List<FieldError> complaints(String previews, ModelManifest model) throws Exception {
        String body = "{\"model\":\"shapes-dit\",\"input\":{},\"previews\":" + previews + "}";
        Complaints complaints = new Complaints();
        PreviewLimits.check(Json.read(body.getBytes(StandardCharsets.UTF_8), JobRequest.class), model, complaints);
        return complaints.all();
    }
}
