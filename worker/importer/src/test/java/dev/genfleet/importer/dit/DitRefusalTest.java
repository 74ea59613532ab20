package dev.genfleet.importer.dit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
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

class DitRefusalTest {

    private static final DitShape TINY = RandomDit.shape(64, 2, 1, 2, 8);

    @TempDir
    private Path folder;

    @Test
    void namesEveryTensorThatIsMissingWrongOrLeftOver() throws Exception {
        Map<String, Tensor> weights = RandomDit.weights(TINY);
        weights.remove("blocks.1.attn.proj.bias");
        weights.remove("t_embedder.mlp.2.weight");
        weights.put("blocks.0.mlp.fc2.bias", new Tensor(new float[65], 65));
        weights.put("blocks.0.attn.q_norm.weight", new Tensor(new float[64], 64));

        assertThatThrownBy(() -> importing(weights, "{}"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("missing: t_embedder.mlp.2.weight, blocks.1.attn.proj.bias;")
                .hasMessageContaining("wrong: blocks.0.mlp.fc2.bias has shape [65] where [64] is expected;")
                .hasMessageContaining("not part of the model: blocks.0.attn.q_norm.weight");
    }

    @Test
    void namesTheBlockThatIsMissing() {
        Map<String, Tensor> weights = RandomDit.weights(RandomDit.shape(64, 3, 1, 2, 8));
        weights.keySet().removeIf(key -> key.startsWith("blocks.1."));
        assertThatThrownBy(() -> importing(weights, "{}")).hasMessageContaining("blocks.1.attn.qkv.weight");
    }

    @Test
    void refusesAnotherFamily() {
        assertThatThrownBy(() -> importing(Map.of("text_model.embeddings", new Tensor(new float[4], 4)), "{}"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("is not a DiT checkpoint; missing: x_embedder.proj.weight, pos_embed");
    }

    @Test
    void asksForHeadsThatShapesDoNotShow() {
        Map<String, Tensor> weights = RandomDit.weights(RandomDit.shape(96, 1, 3, 2, 8));
        assertThatThrownBy(() -> importing(weights, "{}")).hasMessageContaining("must give num_heads");
        assertThatThrownBy(() -> importing(weights, "{\"num_heads\": 5}")).hasMessageContaining("must divide");
    }

    @Test
    void namesTheRowsThatAModulationMayHave() {
        Map<String, Tensor> weights = RandomDit.weights(TINY);
        weights.put("blocks.0.adaLN_modulation.1.weight", new Tensor(new float[5 * 64 * 64], 5 * 64, 64));
        assertThatThrownBy(() -> importing(weights, "{}"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("blocks.0.adaLN_modulation.1.weight of ")
                .hasMessageContaining("[320, 64], but must have 384 rows (adaLN-Zero) or 256 (adaLN)");
    }

    @ParameterizedTest
    @CsvSource({
        "IN_CONTEXT, blocks.1.norm1.bias",
        "CROSS_ATTENTION, blocks.1.cross_attn.kv_linear.weight",
        "ADALN, final_layer.adaLN_modulation.1.bias"
    })
    void namesWhatAnotherKindOfBlockLacks(DitConditioning conditioning, String key) {
        Map<String, Tensor> weights = RandomDit.weights(new DitArchitecture(TINY).with(conditioning));
        weights.remove(key);
        assertThatThrownBy(() -> importing(weights, "{}"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageEndingWith("is not a whole dit checkpoint; missing: " + key);
    }

    @Test
    void refusesToClaimAVideoModelWithTheSameKeys() throws Exception {
        Map<String, Tensor> weights = RandomDit.weights(TINY);
        JsonNode none = new JsonMapper().createObjectNode();
        assertThat(new DitFamily().claims(checkpoint(weights), none)).isTrue();
        weights.put("temp_embed", new Tensor(new float[64], 1, 1, 64));
        assertThat(new DitFamily().claims(checkpoint(weights), none)).isFalse();
    }

    @Test
    void readsEveryDimensionOffTheShapes() throws Exception {
        DitShape large = RandomDit.shape(128, 3, 2, 4, 16);
        assertThat(importing(RandomDit.weights(large), "{}")).isEqualTo(large);
    }

    private DitShape importing(Map<String, Tensor> weights, String config) throws Exception {
        Checkpoint checkpoint = checkpoint(weights);
        JsonNode parsed = new JsonMapper().readTree(config);
        DitArchitecture dit = new DitFamily().read(checkpoint, parsed);
        Emission.graph(dit, checkpoint);
        return dit.shape();
    }

    private Checkpoint checkpoint(Map<String, Tensor> weights) throws Exception {
        Path file = Files.createTempDirectory(folder, "import").resolve("model.safetensors");
        return Safetensors.open(SafetensorsWriter.write(file, weights, DataType.F32));
    }
}
