package dev.genfleet.importer.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever trains an autoencoder says in its configuration how its latents look. */
class LatentColoursTest {

    private static final AutoencoderShape OWN = new AutoencoderShape(List.of(32, 64), 1, 8, 2, 1.0, Set.of());

    private Checkpoint checkpoint;

    @BeforeEach
    void openWeights() throws Exception {
        checkpoint = Checkpoint.open(Path.of(getClass()
                .getResource("/golden/vae_tiny/diffusion_pytorch_model.safetensors")
                .toURI()));
    }

    @Test
    void factorsOfTheConfigurationAreTaken() throws Exception {
        var factors = LatentColours.of(
                        config("{'weights': [[1, 0, 0.5], [0, 1, 0]], 'bias': [0, 0.25, 0]}"), checkpoint, OWN)
                .orElseThrow();
        assertThat(factors.colour(0, new float[] {0.5f, 9})).isEqualTo(0.5f);
        assertThat(factors.colour(1, new float[] {9, 0.5f})).isEqualTo(0.75f);
    }

    @Test
    void theyGoBeforePublishedOnes() throws Exception {
        AutoencoderShape known = AutoencoderShape.stableDiffusion(0.18215);
        JsonNode own = config("{'weights': [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0]], 'bias': [0, 0, 0]}");
        assertThat(LatentColours.of(own, checkpoint, known)).isNotEqualTo(PublishedRgbFactors.of(known));
        assertThat(LatentColours.of(new ObjectMapper().readTree("{}"), checkpoint, known))
                .isEqualTo(PublishedRgbFactors.of(known));
    }

    @Test
    void factorsOfAnotherFormAreRefused() throws Exception {
        assertRefused("{'weights': [[1, 0, 0]], 'bias': [0, 0, 0]}", "its latents have 2 channels");
        assertRefused("{'weights': [[1, 0], [0, 1]], 'bias': [0, 0, 0]}", "three numbers for each latent channel");
        assertRefused("7", "but must have weights");
    }

    private void assertRefused(String factors, String why) throws Exception {
        JsonNode config = config(factors);
        assertThatThrownBy(() -> LatentColours.of(config, checkpoint, OWN))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("rgb_factors in config.json")
                .hasMessageContaining(why);
    }

    private static JsonNode config(String factors) throws Exception {
        return new ObjectMapper().readTree("{\"rgb_factors\": " + factors.replace('\'', '"') + "}");
    }
}
