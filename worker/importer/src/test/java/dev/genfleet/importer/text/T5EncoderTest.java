package dev.genfleet.importer.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.KeyLists;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.RandomWeights;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.text.T5Shape.FeedForward;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** T5 encoders against transformers' numbers: within 1e-5, the rounding of 32-bit sums. */
class T5EncoderTest {

    private static final String TINY = "t5_encoder_tiny";

    @TempDir
    private Path folder;

    private TextGraphs graphs;

    @BeforeEach
    void open() {
        graphs = new TextGraphs(folder);
    }

    /** Gated and plain, 20 tokens and 90 with distances beyond the farthest that is told apart; both with masked rows. */
    @ParameterizedTest
    @ValueSource(strings = {TINY, "t5_encoder_relu"})
    void equalsTheReference(String name) throws Exception {
        Golden io = Golden.open(name + "/io.safetensors");
        Checkpoint checkpoint = graphs.golden(name);
        try (OrtGraph graph = TextGraphs.emit(TextEncoders.read(checkpoint, TextGraphs.config(name)), checkpoint, 2)) {
            assertThat(graph.run(inputs(io)).distance(io.tensor("last_hidden_state")))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void masksPaddingWhateverItHolds() throws Exception {
        Golden io = Golden.open(TINY + "/io.safetensors");
        Checkpoint checkpoint = graphs.golden(TINY);
        Tensor ids = io.tensor("input_ids").rows(0, 1);
        Tensor mask = io.tensor("attention_mask").rows(0, 1);
        try (OrtGraph graph =
                TextGraphs.emit(TextEncoders.read(checkpoint, MissingNode.getInstance()), checkpoint, 2)) {
            Tensor padded = graph.run(Map.of("input_ids", ids, "attention_mask", mask));
            Arrays.fill(ids.values(), 8, 20, 77);
            Tensor otherwise = graph.run(Map.of("input_ids", ids, "attention_mask", mask));
            assertThat(Arrays.copyOf(otherwise.values(), 8 * 48)).isEqualTo(Arrays.copyOf(padded.values(), 8 * 48));
            Tensor alone = graph.run(Map.of(
                    "input_ids",
                    new Tensor(Arrays.copyOf(ids.values(), 8), 1, 8),
                    "attention_mask",
                    new Tensor(Arrays.copyOf(mask.values(), 8), 1, 8)));
            assertThat(alone.distance(new Tensor(Arrays.copyOf(padded.values(), 8 * 48), 1, 8, 48)))
                    .isLessThan(1e-5);
        }
    }

    /** The token table under its other name, under both, and beside the decoder of a whole model. */
    @Test
    void readsEveryPublishedKeyLayout() throws Exception {
        Golden io = Golden.open(TINY + "/io.safetensors");
        Map<String, Tensor> weights = TextGraphs.tensors(TINY);
        Tensor table = weights.remove("shared.weight");
        weights.put("encoder.embed_tokens.weight", table);
        for (boolean whole : new boolean[] {false, true}) {
            if (whole) {
                weights.put("shared.weight", table);
                weights.put("decoder.embed_tokens.weight", new Tensor(new float[4], 2, 2));
                weights.put("lm_head.weight", new Tensor(new float[4], 2, 2));
            }
            Checkpoint checkpoint = graphs.write(weights);
            try (OrtGraph graph =
                    TextGraphs.emit(TextEncoders.read(checkpoint, TextGraphs.config(TINY)), checkpoint, 2)) {
                assertThat(graph.run(inputs(io)).distance(io.tensor("last_hidden_state")))
                        .isLessThan(1e-5);
            }
        }
    }

    /** A caption's vectors are the same to the last bit however many are encoded with it. */
    @ParameterizedTest
    @CsvSource({"64, 2, 1", "64, 2, 2", "512, 8, 2"})
    void keepsEveryBitOfACaption(int width, int heads, int threads) throws Exception {
        T5Architecture t5 = new T5Architecture(new T5Shape(
                99,
                width,
                2,
                heads,
                width / heads,
                2 * width,
                FeedForward.GATED_GELU,
                1e-6f,
                RelativePositions.usual()));
        float[] ids = new float[8 * 120];
        float[] mask = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (i * 31) % 99;
            mask[i] = i % 120 < 20 + i / 120 * 14 ? 1 : 0;
        }
        Tensor all = new Tensor(ids, 8, 120);
        Tensor masks = new Tensor(mask, 8, 120);
        try (OrtGraph graph = TextGraphs.emit(t5, graphs.write(RandomWeights.of(t5)), threads)) {
            Tensor together = graph.run(Map.of("input_ids", all, "attention_mask", masks));
            for (int rows : new int[] {1, 2, 3, 5}) {
                for (int from = 0; from + rows <= all.rows(); from += rows) {
                    Tensor part = graph.run(Map.of(
                            "input_ids", all.rows(from, from + rows), "attention_mask", masks.rows(from, from + rows)));
                    assertThat(part.values())
                            .as("rows %d to %d", from, from + rows - 1)
                            .isEqualTo(together.rows(from, from + rows).values());
                }
            }
        }
    }

    @Test
    void asksForThePublishedKeys() throws Exception {
        T5Architecture t5 = new T5Architecture(T5Shape.xxl());
        Map<String, List<Long>> published = KeyLists.published("t5_xxl_encoder_keys.json");
        List<StoredTensor> keys = Emission.keys(t5);
        published.keySet().removeIf(t5::leavesOut);
        assertThat(KeyLists.of(keys)).isEqualTo(published);
        assertThat(Emission.blueprint(t5).parameters()).isEqualTo(4_762_310_656L);
    }

    private static Map<String, Tensor> inputs(Golden io) throws Exception {
        return Map.of("input_ids", io.tensor("input_ids"), "attention_mask", io.tensor("attention_mask"));
    }
}
