package dev.genfleet.importer.diffussm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.family.Conditioned.Encoder;
import dev.genfleet.importer.family.Emission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiffussmRefusalTest {

    private static final DiffussmShape TINY = RandomDiffussm.shape(32, 2, 32, 32);

    @TempDir
    private Path folder;

    @Test
    void namesEveryTensorThatIsMissingWrongOrLeftOver() {
        Map<String, Tensor> weights = RandomDiffussm.weights(TINY);
        weights.remove("blocks.1.ssm_bwd.A_imag");
        weights.remove("blocks.0.w2.bias");
        weights.put("blocks.1.ssm_fwd.C", new Tensor(new float[32 * 8], 32, 8));
        weights.put("blocks.0.down.bias", new Tensor(new float[64], 64));
        weights.put("blocks.0.ssm_fwd.B", new Tensor(new float[32], 32));

        assertThatThrownBy(() -> importing(weights, "{}"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("missing: blocks.0.w2.bias, blocks.1.ssm_bwd.A_imag;")
                .hasMessageContaining("blocks.0.down.bias has shape [64] where [2, 32] is expected")
                .hasMessageContaining("blocks.1.ssm_fwd.C has shape [32, 8] where [32, 8, 2] is expected")
                .hasMessageContaining("not part of the model: blocks.0.ssm_fwd.B");
    }

    @Test
    void namesTheBlockThatIsMissing() {
        Map<String, Tensor> weights = RandomDiffussm.weights(TINY);
        weights.keySet().removeIf(key -> key.startsWith("blocks.0.w"));
        assertThatThrownBy(() -> importing(weights, "{}")).hasMessageContaining("missing: blocks.0.w0.weight");
    }

    @Test
    void refusesAnotherFamily() {
        assertThatThrownBy(() -> importing(Map.of("blocks.0.attn.qkv.weight", new Tensor(new float[4], 4)), "{}"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("is not a DiffuSSM checkpoint; missing: x_embedder.weight, blocks.0.down.weight");
    }

    @Test
    void refusesShapesThatDoNotFitTogether() {
        Map<String, Tensor> weights = RandomDiffussm.weights(TINY);
        weights.put("blocks.0.down.weight", new Tensor(new float[3 * 4 * 4], 3, 4, 4));
        assertThatThrownBy(() -> importing(weights, "{}"))
                .hasMessageContaining("has 3 matrices for a hidden size of 32");
        weights.put("blocks.0.down.weight", new Tensor(new float[16], 16));
        assertThatThrownBy(() -> importing(weights, "{}")).hasMessageContaining("must have 3 dimensions");
        Map<String, Tensor> outputs = RandomDiffussm.weights(TINY);
        outputs.put("final_layer.linear.weight", new Tensor(new float[12 * 32], 12, 32));
        assertThatThrownBy(() -> importing(outputs, "{}")).hasMessageContaining("has 12 rows, but 8 or");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "{\"input_size\": 0} | input_size in config.json",
                "{\"input_size\": \"big\"} | must be a number of latent cells",
                "{\"input_size\": [4, 5]} | the width a multiple of 2",
                "{\"sample_size\": [4, 6, 8]} | sample_size in config.json",
                "{\"input_size\": 100000} | 1 to 1024",
                "{\"num_classes\": 7} | the label table has 11 rows",
            })
    void namesTheFieldThatMakesNoSense(String config, String why) {
        assertThatThrownBy(() -> importing(RandomDiffussm.weights(TINY), config))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(why);
    }

    @Test
    void asksForHeadsThatShapesDoNotShow() {
        Map<String, Tensor> weights = RandomDiffussm.weights(RandomDiffussm.captioned(TINY, 4, 12));
        assertThatThrownBy(() -> importing(weights, "{}")).hasMessageContaining("must give num_heads");
        assertThatThrownBy(() -> importing(weights, "{\"num_heads\": 5}")).hasMessageContaining("must divide");
    }

    @Test
    void readsEveryDimensionOffTheShapes() throws Exception {
        assertThat(importing(RandomDiffussm.weights(TINY), "{}")).isEqualTo(TINY);
        DiffussmShape wide = RandomDiffussm.shape(48, 3, 4, 9);
        assertThat(importing(RandomDiffussm.weights(wide), "{\"input_size\": [4, 9]}"))
                .isEqualTo(wide);
        DiffussmShape captioned = RandomDiffussm.captioned(TINY, 4, 12, 20);
        assertThat(importing(RandomDiffussm.weights(captioned), "{\"num_heads\": 4, \"sample_size\": 32}"))
                .isEqualTo(captioned);
    }

    @Test
    void takesATextOfAnotherWidthThanThePooledVectorForT5() throws Exception {
        DiffussmShape clip = RandomDiffussm.captioned(TINY, 4, 12);
        Map<String, Tensor> weights = RandomDiffussm.weights(clip);
        weights.put("pooled_embedder.mlp.0.weight", new Tensor(new float[32 * 10], 32, 10));
        assertThat(importing(weights, "{\"num_heads\": 4}").conditions())
                .isInstanceOfSatisfying(Conditions.Captions.class, captions -> assertThat(captions.texts())
                        .singleElement()
                        .satisfies(text -> assertThat(text.encoder()).isEqualTo(Encoder.T5)));
    }

    private DiffussmShape importing(Map<String, Tensor> weights, String config) throws Exception {
        Path file = Files.createTempDirectory(folder, "import").resolve("model.safetensors");
        Checkpoint checkpoint = Safetensors.open(SafetensorsWriter.write(file, weights, DataType.F32));
        DiffussmArchitecture architecture = new DiffussmFamily().read(checkpoint, new JsonMapper().readTree(config));
        Emission.graph(architecture, checkpoint);
        return architecture.shape();
    }
}
