package dev.genfleet.importer.latte;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.adalnsingle.ListedCheckpoint;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.family.Frames;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.pixart.PixArtFamily;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LattePublishedSizesTest {

    private static final Path KEYS = Golden.path("latte_keys.json");

    private static final long PARAMETERS = 1_057_246_880;

    @TempDir
    private Path folder;

    @Test
    void hasThePublishedParameters() {
        assertThat(Emission.blueprint(LatteArchitecture.xl2()).parameters()).isEqualTo(PARAMETERS);
    }

    @Test
    void asksForExactlyThePublishedKeys() throws Exception {
        assertThat(Emission.keys(LatteArchitecture.xl2()).stream()
                        .collect(Collectors.toMap(StoredTensor::name, StoredTensor::shape)))
                .isEqualTo(ListedCheckpoint.keys(KEYS));
    }

    @Test
    void importsAWholePublishedCheckpointWithOrWithoutItsTemporalBlocks() throws Exception {
        Checkpoint checkpoint = ListedCheckpoint.open(folder.resolve("model.safetensors"), ListedCheckpoint.keys(KEYS));
        JsonNode config = config("\"video_length\": 16");
        LatteFamily family = new LatteFamily();
        assertThat(family.claims(checkpoint, config)).isTrue();
        assertThat(new PixArtFamily().claims(checkpoint, config("\"video_length\": 16")))
                .isFalse();
        LatteArchitecture latte = family.read(checkpoint, config);
        assertThat(latte).isEqualTo(LatteArchitecture.xl2());
        assertThat(latte.frames()).contains(new Frames(16, 16));
        assertThat(latte.describe()).isEqualTo("Latte XL/2 at latents of 64x64, 16 frames");
        assertThat(Emission.graph(latte, checkpoint).parameters()).isEqualTo(PARAMETERS);

        GraphBuilder pictures =
                Emission.graph(family.read(checkpoint, config("\"enable_temporal_attentions\": false")), checkpoint);
        assertThat(pictures.parameters()).isLessThan(PARAMETERS);
    }

    private static JsonNode config(String more) throws Exception {
        return new JsonMapper()
                .readTree("{\"_class_name\": \"LatteTransformer3DModel\", \"num_attention_heads\": 16,"
                        + " \"attention_head_dim\": 72, \"num_layers\": 28, \"sample_size\": 64, " + more + "}");
    }
}
