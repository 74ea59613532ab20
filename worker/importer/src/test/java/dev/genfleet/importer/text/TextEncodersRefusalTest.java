package dev.genfleet.importer.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.family.Emission;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextEncodersRefusalTest {

    private static final String CLIP = "clip_text_tiny";
    private static final String T5 = "t5_encoder_tiny";

    @TempDir
    private Path folder;

    @Test
    void namesEveryTensorThatIsMissingWrongOrLeftOver() throws Exception {
        Map<String, Tensor> weights = TextGraphs.tensors(CLIP);
        weights.remove("encoder.layers.1.self_attn.q_proj.bias");
        weights.put("encoder.layers.0.mlp.fc2.bias", new Tensor(new float[47], 47));
        weights.put("encoder.layers.0.self_attn.gate", new Tensor(new float[1], 1));
        assertThatThrownBy(() -> importing(CLIP, weights, "{}"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("missing: encoder.layers.1.self_attn.q_proj.bias;")
                .hasMessageContaining("wrong: encoder.layers.0.mlp.fc2.bias has shape [47] where [48] is expected;")
                .hasMessageContaining("not part of the model: encoder.layers.0.self_attn.gate");
    }

    /** A table of biases in every block is another model's. */
    @Test
    void refusesOtherModelsOfTheSameKeys() throws Exception {
        Map<String, Tensor> weights = TextGraphs.tensors(T5);
        String key = "encoder.block.%d.layer.0.SelfAttention.relative_attention_bias.weight";
        weights.put(key.formatted(1), weights.get(key.formatted(0)));
        assertThatThrownBy(() -> importing(T5, weights, "{}"))
                .hasMessageContaining("not part of the model: " + key.formatted(1));
    }

    @Test
    void namesWhatAnUnknownFileLacks() {
        Map<String, Tensor> other = Map.of("pooler.weight", new Tensor(new float[4], 2, 2));
        assertThatThrownBy(() -> importing(CLIP, other, "{}"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(
                        "is no text encoder that is known: it has neither embeddings.token_embedding.weight");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "clip_text_tiny | {\"num_attention_heads\": 5} | must be there and divide the hidden size 48",
                "clip_text_tiny | {\"num_attention_heads\": -1} | must be a whole number from 1",
                "clip_text_tiny | {\"hidden_act\": \"relu\"} | is \"relu\", but must be quick_gelu, gelu",
                "clip_text_tiny | {\"layer_norm_eps\": \"small\"} | must be a number above 0",
                "clip_text_tiny | {\"eos_token_id\": [1, 2]} | eos_token_id in config.json beside",
                "t5_encoder_tiny | {\"feed_forward_proj\": \"gated-silu\"} | but must be gated-gelu, the form that the keys are of",
                "t5_encoder_tiny | {\"layer_norm_epsilon\": 0} | must be a number above 0",
                "t5_encoder_tiny | {\"relative_attention_max_distance\": 8} | do not fall into 32 buckets",
            })
    void namesTheFieldAndWhatIsAllowed(String name, String change, String sentence) throws Exception {
        Map<String, Tensor> weights = TextGraphs.tensors(name);
        assertThatThrownBy(() -> importing(name, weights, change))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void asksForWhatShapesDoNotShow() throws Exception {
        Checkpoint checkpoint = new TextGraphs(folder).write(TextGraphs.tensors(CLIP));
        assertThatThrownBy(
                        () -> TextEncoders.read(checkpoint, new JsonMapper().readTree("{\"num_attention_heads\": 4}")))
                .hasMessageContaining("hidden_act in config.json beside")
                .hasMessageContaining("is missing");
    }

    @Test
    void refusesTablesThatCannotBeTheSame() throws Exception {
        Map<String, Tensor> weights = TextGraphs.tensors(T5);
        weights.put("encoder.embed_tokens.weight", new Tensor(new float[48], 1, 48));
        assertThatThrownBy(() -> importing(T5, weights, "{}")).hasMessageContaining("must be the same table");
    }

    @Test
    void takesTheSameFilesUnchanged() throws Exception {
        assertThat(importing(CLIP, TextGraphs.tensors(CLIP), "{}").describe())
                .isEqualTo("CLIP text encoder, 3 layers of width 48");
        assertThat(importing(T5, TextGraphs.tensors(T5), "{}").describe())
                .isEqualTo("T5 encoder, 3 layers of width 48");
    }

    private TextEncoderArchitecture importing(String name, Map<String, Tensor> weights, String change)
            throws Exception {
        Checkpoint checkpoint = new TextGraphs(folder).write(weights);
        ObjectNode config = (ObjectNode) TextGraphs.config(name);
        config.setAll((ObjectNode) new JsonMapper().readTree(change));
        TextEncoderArchitecture encoder = TextEncoders.read(checkpoint, config);
        Emission.graph(encoder, checkpoint);
        return encoder;
    }
}
