package dev.genfleet.importer.gentron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.family.Conditioned.Encoder;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.family.Frames;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GentronRefusalTest {

    private static final String CONFIG = "{\"heads\": 3, \"clip_dim\": 24, \"t5_dim\": 40}";

    @TempDir
    private Path folder;

    private Map<String, Tensor> weights;

    @BeforeEach
    void open() throws Exception {
        weights = TinyGentron.golden("gentron_t2v_tiny");
    }

    @Test
    void namesEveryTensorThatIsMissingWrongOrLeftOver() {
        weights.remove("blocks.1.cross_attn.kv.weight");
        weights.remove("pooled_embedder.mlp.0.weight");
        weights.remove("blocks.0.temp_attn.proj.bias");
        weights.put("blocks.1.temp_attn.qkv.weight", new Tensor(new float[48 * 48], 48, 48));
        weights.put("pos_embed", new Tensor(new float[48], 1, 1, 48));
        assertThatThrownBy(() -> importing(CONFIG))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("missing: pooled_embedder.mlp.0.weight, blocks.0.temp_attn.proj.bias,"
                        + " blocks.1.cross_attn.kv.weight;")
                .hasMessageContaining("blocks.1.temp_attn.qkv.weight has shape [48, 48] where [144, 48] is expected;")
                .hasMessageContaining("not part of the model: pos_embed");
    }

    @Test
    void temporalLayersOfOneBlockAloneAreNotSkippedInTheOthers() {
        weights.keySet().removeIf(key -> key.startsWith("blocks.0.temp_attn."));
        assertThatThrownBy(() -> importing(CONFIG))
                .hasMessageContaining("missing: blocks.0.temp_attn.qkv.weight, blocks.0.temp_attn.qkv.bias");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | hidden size 48 of | must give heads",
                "{\"heads\": 5, \"clip_dim\": 24} | heads in config.json beside | is 5, but must divide the hidden size 48",
                "{\"heads\": \"3\"} | heads in config.json beside | is \"3\", but must be a whole number from 1 to 48",
                "{\"heads\": 3} | blocks.1.cross_attn.kv.weight of | takes text of width 40, but that of an earlier block is 24",
                "{\"heads\": 3, \"clip_dim\": 24, \"t5_dim\": 41} | blocks.1.cross_attn.kv.weight of | clip_dim 24 and t5_dim 41",
                "{\"heads\": 3, \"clip_dim\": 24, \"temporal\": false} | temporal in config.json | holds tensors of temporal attention",
                "{\"heads\": 3, \"clip_dim\": 24, \"frames\": 0} | frames in config.json | must be a whole number from 1 to 1024",
                "{\"heads\": 3, \"clip_dim\": 24, \"sample_size\": 31} | sample_size in config.json | must be a multiple of the patch 2",
            })
    void saysWhatIsWrongWithTheConfiguration(String config, String where, String what) {
        assertThatThrownBy(() -> importing(config))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(where)
                .hasMessageContaining(what);
    }

    @Test
    void refusesAModelOfImagesThatSaysItIsOneOfVideos() {
        weights.keySet().removeIf(key -> key.contains("temp_attn"));
        assertThatThrownBy(() -> importing("{\"heads\": 3, \"clip_dim\": 24, \"temporal\": true}"))
                .hasMessageContaining("holds no tensors of temporal attention, blocks.*.temp_attn");
    }

    @Test
    void refusesAnOddNumberOfOutputs() {
        weights.put("final_layer.linear.weight", new Tensor(new float[31 * 48], 31, 48));
        assertThatThrownBy(() -> importing(CONFIG))
                .hasMessageContaining("has 31 rows, but 16 or, with a learned variance, 32");
    }

    @Test
    void refusesAHiddenSizeThatNoPositionsCouldBeComputedFor() {
        weights.put("x_embedder.proj.weight", new Tensor(new float[20_000 * 16], 20_000, 4, 2, 2));
        assertThatThrownBy(() -> importing(CONFIG))
                .hasMessageContaining("hidden size 20000, but it must be a multiple of 4");
    }

    @Test
    void refusesAModelWithoutText() {
        weights.keySet().removeIf(key -> key.contains("cross_attn") || key.contains("pooled"));
        assertThatThrownBy(() -> importing(CONFIG)).hasMessageContaining("takes no text");
    }

    @Test
    void readsEveryDimensionOffTheShapes() throws Exception {
        GentronArchitecture read = importing("{\"heads\": 3, \"clip_dim\": 24, \"frames\": 4, \"sample_size\": 64}");
        assertThat(read.shape()).isEqualTo(new GentronShape(48, 2, 3, 192, 2, 4, 8));
        assertThat(read.text().blocks()).containsExactly(Encoder.CLIP, Encoder.T5);
        assertThat(read.text().width(Encoder.T5)).isEqualTo(40);
        assertThat(read.frames()).contains(new Frames(4, GentronTemporal.MOST_FRAMES));
        assertThat(read.sizes()).isEqualTo(GentronArchitecture.sizes(64, 64, 2));
    }

    @Test
    void readsAModelWithoutLearnedVariance() throws Exception {
        weights.put("final_layer.linear.weight", new Tensor(new float[16 * 48], 16, 48));
        weights.put("final_layer.linear.bias", new Tensor(new float[16], 16));
        assertThat(importing(CONFIG).signature("f").learnedSigma()).isFalse();
    }

    @Test
    void knowsThePublishedWidthsWithoutAConfiguration() throws Exception {
        GentronArchitecture small =
                GentronArchitecture.images(new GentronShape(1664, 2, 16, 8, 2, 4, 4), GentronText.interleaved(2));
        Checkpoint checkpoint = TinyGentron.checkpoint(folder, TinyGentron.random(small));
        assertThat(new GentronFamily().read(checkpoint, MissingNode.getInstance()))
                .isEqualTo(small);
    }

    @Test
    void equallyWideEncodersTakeTurns() throws Exception {
        for (String part : new String[] {"weight", "bias"}) {
            weights.put("blocks.1.cross_attn.kv." + part, weights.get("blocks.0.cross_attn.kv." + part));
        }
        assertThat(importing("{\"heads\": 3, \"clip_dim\": 24, \"t5_dim\": 24}")
                        .text()
                        .blocks())
                .containsExactly(Encoder.CLIP, Encoder.T5);
    }

    @Test
    void claimsItsOwnCheckpointsAndNoOthers() throws Exception {
        GentronFamily family = new GentronFamily();
        assertThat(family.claims(TinyGentron.checkpoint(folder, weights), MissingNode.getInstance()))
                .isTrue();
        Map<String, Tensor> ofClasses = new LinkedHashMap<>(weights);
        ofClasses.put("y_embedder.embedding_table.weight", new Tensor(new float[48], 1, 48));
        assertThat(family.claims(TinyGentron.checkpoint(folder, ofClasses), MissingNode.getInstance()))
                .isFalse();
        assertThat(family.claims(
                        Safetensors.open(Golden.path("dit_tiny/model_facebook.safetensors")),
                        MissingNode.getInstance()))
                .isFalse();
    }

    private GentronArchitecture importing(String config) throws Exception {
        Checkpoint checkpoint = TinyGentron.checkpoint(folder, weights);
        GentronArchitecture read = new GentronFamily().read(checkpoint, new JsonMapper().readTree(config));
        Emission.graph(read, checkpoint);
        return read;
    }
}
