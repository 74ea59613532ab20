package dev.genfleet.importer.pixart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.adalnsingle.RandomCheckpoint;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.family.Emission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixArtRefusalTest {

    private static final PixArtArchitecture TINY =
            new PixArtArchitecture(RandomCheckpoint.shape(96, 3, 8), MicroConditions.NONE, 120);

    private static final String CONFIG = "{\"num_attention_heads\": 3, \"sample_size\": 8}";

    @TempDir
    private Path folder;

    @Test
    void readsEveryDimensionOffShapesAndConfiguration() throws Exception {
        assertThat(importing(RandomCheckpoint.weights(TINY), CONFIG)).isEqualTo(TINY);
    }

    @Test
    void namesEveryTensorThatIsMissingWrongOrLeftOver() {
        Map<String, Tensor> weights = RandomCheckpoint.weights(TINY);
        weights.remove("transformer_blocks.1.attn2.to_k.bias");
        weights.put("transformer_blocks.0.scale_shift_table", new Tensor(new float[192], 2, 96));
        weights.put("pos_embed.pos_embed", new Tensor(new float[16 * 96], 1, 16, 96));
        assertThatThrownBy(() -> importing(weights, CONFIG))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("missing: transformer_blocks.1.attn2.to_k.bias;")
                .hasMessageContaining(
                        "wrong: transformer_blocks.0.scale_shift_table has shape [2, 96] where [6, 96] is expected;")
                .hasMessageContaining("not part of the model: pos_embed.pos_embed");
    }

    @Test
    void namesMicroConditionsThatTheConfigurationPromises() {
        assertThatThrownBy(() -> importing(
                        RandomCheckpoint.weights(TINY), CONFIG.replace("}", ", \"use_additional_conditions\": true}")))
                .hasMessageContaining("missing: adaln_single.emb.resolution_embedder.linear_1.weight")
                .hasMessageContaining("adaln_single.emb.aspect_ratio_embedder.linear_2.bias");
    }

    @Test
    void refusesAnotherFamily() {
        assertThatThrownBy(() -> importing(Map.of("text_model.embeddings", new Tensor(new float[4], 4)), CONFIG))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("is not a PixArt checkpoint; missing: pos_embed.proj.weight");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | sample_size in config.json beside ",
                "{\"sample_size\": 0} | is 0, but must be the latent cells along each side",
                "{\"sample_size\": 9, \"num_attention_heads\": 3} | sample size is 9, but must be a multiple of the patch",
                "{\"sample_size\": 8, \"num_attention_heads\": 5} | num_attention_heads in config.json beside ",
                "{\"sample_size\": 8, \"num_attention_heads\": \"3\"} | is \"3\", but must be a whole number that divides",
                "{\"sample_size\": 8, \"num_layers\": 28} | num_layers in config.json beside ",
                "{\"sample_size\": 8, \"norm_type\": \"ada_norm_zero\"} | is \"ada_norm_zero\", but must be ada_norm_single",
                "{\"sample_size\": 8, \"norm_eps\": 1e-5} | is 1.0E-5, but must be 0.000001",
                "{\"sample_size\": 8, \"interpolation_scale\": 0} | is 0, but must be a positive number",
                "{\"sample_size\": 8, \"use_additional_conditions\": 1} | is 1, but must be true or false"
            })
    void refusesAConfigurationInOneSentence(String config, String sentence) {
        assertThatThrownBy(() -> importing(RandomCheckpoint.weights(TINY), config))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void leavesOtherClassesWithLikeKeysAlone() throws Exception {
        Checkpoint checkpoint = written(RandomCheckpoint.weights(TINY));
        PixArtFamily family = new PixArtFamily();
        assertThat(family.claims(checkpoint, new JsonMapper().readTree("{}"))).isTrue();
        assertThat(family.claims(
                        checkpoint, new JsonMapper().readTree("{\"_class_name\": \"AllegroTransformer3DModel\"}")))
                .isFalse();
    }

    private PixArtArchitecture importing(Map<String, Tensor> weights, String config) throws Exception {
        Checkpoint checkpoint = written(weights);
        PixArtArchitecture pixart = new PixArtFamily().read(checkpoint, new JsonMapper().readTree(config));
        Emission.graph(pixart, checkpoint);
        return pixart;
    }

    private Checkpoint written(Map<String, Tensor> weights) throws Exception {
        Path file = Files.createTempDirectory(folder, "import").resolve("model.safetensors");
        return Safetensors.open(SafetensorsWriter.write(file, weights, DataType.F32));
    }
}
