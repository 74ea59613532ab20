package dev.genfleet.importer.latte;

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

class LatteRefusalTest {

    private static final LatteArchitecture TINY =
            new LatteArchitecture(RandomCheckpoint.shape(96, 3, 8), 16, TemporalAttention.APPLIED);

    @TempDir
    private Path folder;

    @Test
    void readsEveryDimensionOffShapesAndConfiguration() throws Exception {
        assertThat(importing(RandomCheckpoint.weights(TINY), "")).isEqualTo(TINY);
    }

    @Test
    void namesTemporalTensorsThatAreMissingWrongOrLeftOver() {
        Map<String, Tensor> weights = RandomCheckpoint.weights(TINY);
        weights.remove("temporal_transformer_blocks.1.attn1.to_out.0.weight");
        weights.put("temporal_transformer_blocks.0.ff.net.2.bias", new Tensor(new float[95], 95));
        weights.put("temporal_transformer_blocks.0.attn2.to_q.bias", new Tensor(new float[96], 96));
        assertThatThrownBy(() -> importing(weights, ""))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("missing: temporal_transformer_blocks.1.attn1.to_out.0.weight;")
                .hasMessageContaining(
                        "wrong: temporal_transformer_blocks.0.ff.net.2.bias has shape [95] where [96] is expected;")
                .hasMessageContaining("not part of the model: temporal_transformer_blocks.0.attn2.to_q.bias");
    }

    @Test
    void refusesAVideoLengthThatIsNone() {
        assertThatThrownBy(() -> importing(RandomCheckpoint.weights(TINY), ", \"video_length\": 0"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("is 0, but must be 1 to 1024 frames");
    }

    private LatteArchitecture importing(Map<String, Tensor> weights, String more) throws Exception {
        Path file = Files.createTempDirectory(folder, "import").resolve("model.safetensors");
        Checkpoint checkpoint = Safetensors.open(SafetensorsWriter.write(file, weights, DataType.F32));
        LatteArchitecture latte = new LatteFamily()
                .read(
                        checkpoint,
                        new JsonMapper().readTree("{\"num_attention_heads\": 3, \"sample_size\": 8" + more + "}"));
        Emission.graph(latte, checkpoint);
        return latte;
    }
}
