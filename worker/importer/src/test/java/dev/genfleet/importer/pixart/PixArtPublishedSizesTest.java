package dev.genfleet.importer.pixart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.adalnsingle.ListedCheckpoint;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.family.Conditioned;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.family.LatentSizes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixArtPublishedSizesTest {

    private static final Path KEYS = Golden.path("pixart_xl2_512_keys.json");

    /** As the first published configuration has them, which names a class that DiT's share. */
    private static final String ALPHA = """
            {"_class_name": "Transformer2DModel", "activation_fn": "gelu-approximate", "attention_bias": true,
             "attention_head_dim": 72, "attention_type": "default", "caption_channels": 4096,
             "cross_attention_dim": 1152, "in_channels": 4, "norm_elementwise_affine": false, "norm_eps": 1e-06,
             "norm_type": "ada_norm_single", "num_attention_heads": 16, "num_layers": 28, "out_channels": 8,
             "patch_size": 2, "sample_size": 64, "use_linear_projection": false}
            """;

    @TempDir
    private Path folder;

    /** Parameters in the published files, without position tables. */
    @ParameterizedTest
    @CsvSource({"256, 610856096", "512, 610856096", "1024, 611349152"})
    void alphaHasThePublishedParameters(int pixels, long parameters) {
        assertThat(Emission.blueprint(PixArtArchitecture.alpha(pixels)).parameters())
                .isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource({"256, 0.5", "512, 1", "1024, 2", "2048, 4"})
    void sigmaHasNoMicroConditionsAndKeepsPositionsInTheRangeOf512Pixels(int pixels, double scale) {
        PixArtArchitecture sigma = PixArtArchitecture.sigma(pixels);
        assertThat(Emission.blueprint(sigma).parameters()).isEqualTo(610_856_096);
        assertThat(sigma.shape().interpolationScale()).isEqualTo(scale);
        assertThat(sigma.signature("model.onnx").resolution()).isEmpty();
        assertThat(text(sigma).tokens()).isEqualTo(300);
    }

    @Test
    void asksForExactlyThePublishedKeys() throws Exception {
        assertThat(Emission.keys(PixArtArchitecture.alpha(512)).stream()
                        .collect(Collectors.toMap(StoredTensor::name, StoredTensor::shape)))
                .isEqualTo(ListedCheckpoint.keys(KEYS));
    }

    @Test
    void importsAWholePublishedCheckpoint() throws Exception {
        PixArtArchitecture pixart = reading(ListedCheckpoint.keys(KEYS), ALPHA);
        assertThat(pixart).isEqualTo(PixArtArchitecture.alpha(512));
        assertThat(pixart.describe()).isEqualTo("PixArt XL/2 at latents of 64x64");
        assertThat(pixart.sizes()).isEqualTo(new LatentSizes(64, 64, 2, 128));
        assertThat(text(pixart)).isEqualTo(new Conditioned.Text(Conditioned.Encoder.T5, 4096, 120));
    }

    @Test
    void takesThe1024PixelModelToHaveMicroConditionsUnlessItsConfigurationDenies() throws Exception {
        Map<String, List<Long>> keys = ListedCheckpoint.keys(KEYS);
        String config = ALPHA.replace("\"sample_size\": 64", "\"sample_size\": 128");
        assertThat(reading(keys, config.replace("}", ", \"use_additional_conditions\": false}")))
                .isEqualTo(PixArtArchitecture.sigma(1024));
        for (StoredTensor key : Emission.keys(PixArtArchitecture.alpha(1024))) {
            keys.put(key.name(), key.shape());
        }
        PixArtArchitecture alpha = reading(keys, config.replace("}", ", \"use_additional_conditions\": null}"));
        assertThat(alpha).isEqualTo(PixArtArchitecture.alpha(1024));
        assertThat(alpha.signature("model.onnx").inputs()).contains("resolution", "aspect_ratio");
    }

    /** Diffusers' first versions wrote a caption into the checkpoint that no forward uses; its length is that of captions. */
    @ParameterizedTest
    @CsvSource({"120", "300"})
    void readsTheCaptionLengthOffACaptionThatIsNotUsed(long tokens) throws Exception {
        Map<String, List<Long>> keys = ListedCheckpoint.keys(KEYS);
        keys.put("caption_projection.y_embedding", List.of(tokens, 4096L));
        PixArtArchitecture pixart = reading(keys, ALPHA);
        assertThat(text(pixart).tokens()).isEqualTo(tokens);
        assertThat(pixart.shape()).isEqualTo(PixArtArchitecture.alpha(512).shape());
    }

    private static Conditioned.Text text(PixArtArchitecture pixart) {
        return ((Conditioned.OnCaptions) pixart.conditioned()).texts().getFirst();
    }

    private PixArtArchitecture reading(Map<String, List<Long>> keys, String config) throws Exception {
        Checkpoint checkpoint = ListedCheckpoint.open(Files.createTempFile(folder, "published", ".safetensors"), keys);
        PixArtFamily family = new PixArtFamily();
        assertThat(family.claims(checkpoint, new JsonMapper().readTree(config))).isTrue();
        PixArtArchitecture pixart = family.read(checkpoint, new JsonMapper().readTree(config));
        Emission.graph(pixart, checkpoint);
        return pixart;
    }
}
