package dev.genfleet.importer.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.Golden;
import dev.genfleet.importer.KeyLists;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.RandomWeights;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.text.ClipTextShape.Hidden;
import dev.genfleet.model.ModelConditioning;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CLIP text encoders against transformers' numbers: within 1e-5, the rounding of 32-bit sums. */
class ClipTextTest {

    private static final String TINY = "clip_text_tiny";
    private static final String PROJECTED = "clip_text_projected";

    @TempDir
    private Path folder;

    private TextGraphs graphs;

    @BeforeEach
    void open() {
        graphs = new TextGraphs(folder);
    }

    @Test
    void equalsTheReference() throws Exception {
        Golden io = Golden.open(TINY + "/io.safetensors");
        Checkpoint checkpoint = graphs.golden(TINY);
        try (OrtGraph graph = TextGraphs.emit(TextEncoders.read(checkpoint, TextGraphs.config(TINY)), checkpoint, 2)) {
            Map<String, Tensor> out = graph.runAll(Map.of("input_ids", io.tensor("input_ids")));
            assertThat(out.get("last_hidden_state").distance(io.tensor("last_hidden_state")))
                    .isLessThan(1e-5);
            assertThat(out.get("pooler_output").distance(io.tensor("pooler_output")))
                    .isLessThan(1e-5);
        }
    }

    /** Another activation, a projection, the older rule for the end of text, and each layer that pipelines take. */
    @ParameterizedTest
    @CsvSource({"LAST, last_hidden_state", "PENULTIMATE, penultimate", "PENULTIMATE_NORMALISED, penultimate_normalised"
    })
    void equalsTheReferenceWithEveryOption(Hidden hidden, String expected) throws Exception {
        Golden io = Golden.open(PROJECTED + "/io.safetensors");
        Checkpoint checkpoint = graphs.golden(PROJECTED);
        ClipTextShape shape = new ClipTextInference(checkpoint, TextGraphs.config(PROJECTED)).shape();
        assertThat(shape.endOfText()).isEmpty();
        try (OrtGraph graph = TextGraphs.emit(new ClipTextArchitecture(shape.taking(hidden)), checkpoint, 2)) {
            Map<String, Tensor> out = graph.runAll(Map.of("input_ids", io.tensor("input_ids")));
            assertThat(out.get("last_hidden_state").distance(io.tensor(expected)))
                    .isLessThan(1e-5);
            assertThat(out.get("pooler_output").distance(io.tensor("text_embeds")))
                    .isLessThan(1e-5);
        }
    }

    /** Files with and without the prefix, with what whole CLIP models hold beside, give one graph's numbers. */
    @Test
    void readsEveryPublishedKeyLayout() throws Exception {
        Golden io = Golden.open(TINY + "/io.safetensors");
        Map<String, Tensor> whole = new LinkedHashMap<>();
        TextGraphs.tensors(TINY).forEach((key, tensor) -> whole.put("text_model." + key, tensor));
        whole.put("text_model.embeddings.position_ids", new Tensor(new float[16], 1, 16));
        whole.put("vision_model.embeddings.class_embedding", new Tensor(new float[4], 4));
        whole.put("visual_projection.weight", new Tensor(new float[4], 2, 2));
        whole.put("text_projection.weight", new Tensor(new float[32 * 48], 32, 48));
        whole.put("logit_scale", new Tensor(new float[1]));
        Checkpoint checkpoint = graphs.write(whole);
        try (OrtGraph graph = TextGraphs.emit(TextEncoders.read(checkpoint, TextGraphs.config(TINY)), checkpoint, 2)) {
            Map<String, Tensor> out = graph.runAll(Map.of("input_ids", io.tensor("input_ids")));
            assertThat(out.get("pooler_output").distance(io.tensor("pooler_output")))
                    .isLessThan(1e-5);
        }
    }

    /** Tokens see none after them, so a shorter caption's vectors are the first of a longer one's. */
    @Test
    void takesEveryNumberOfTokens() throws Exception {
        Golden io = Golden.open(TINY + "/io.safetensors");
        Checkpoint checkpoint = graphs.golden(TINY);
        Tensor ids = io.tensor("input_ids").rows(0, 1);
        try (OrtGraph graph = TextGraphs.emit(TextEncoders.read(checkpoint, TextGraphs.config(TINY)), checkpoint, 2)) {
            for (int tokens : new int[] {1, 2, 6, 15}) {
                Tensor shorter = new Tensor(Arrays.copyOf(ids.values(), tokens), 1, tokens);
                Tensor expected =
                        new Tensor(Arrays.copyOf(io.tensor("last_hidden_state").values(), tokens * 48), 1, tokens, 48);
                assertThat(graph.run(Map.of("input_ids", shorter)).distance(expected))
                        .isLessThan(1e-5);
            }
        }
    }

    /** A caption's vectors are the same to the last bit however many are encoded with it. */
    @ParameterizedTest
    @CsvSource({"64, 2, 1", "64, 2, 2", "768, 12, 2"})
    void keepsEveryBitOfACaption(int width, int heads, int threads) throws Exception {
        ClipTextShape shape = new ClipTextShape(
                99,
                77,
                width,
                2,
                heads,
                4 * width,
                ClipTextShape.Activation.QUICK_GELU,
                1e-5f,
                OptionalInt.of(98),
                OptionalInt.of(width),
                Hidden.LAST);
        ClipTextArchitecture clip = new ClipTextArchitecture(shape);
        float[] ids = new float[8 * 77];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (i * 31) % 99;
        }
        Tensor all = new Tensor(ids, 8, 77);
        try (OrtGraph graph = TextGraphs.emit(clip, graphs.write(RandomWeights.of(clip)), threads)) {
            Map<String, Tensor> together = graph.runAll(Map.of("input_ids", all));
            for (int rows : new int[] {1, 2, 3, 5}) {
                for (int from = 0; from + rows <= all.rows(); from += rows) {
                    Map<String, Tensor> part = graph.runAll(Map.of("input_ids", all.rows(from, from + rows)));
                    for (String output : together.keySet()) {
                        assertThat(part.get(output).values())
                                .as("%s of rows %d to %d", output, from, from + rows - 1)
                                .isEqualTo(together.get(output)
                                        .rows(from, from + rows)
                                        .values());
                    }
                }
            }
        }
    }

    @Test
    void asksForThePublishedKeys() throws Exception {
        ClipTextArchitecture clip = new ClipTextArchitecture(ClipTextShape.clipL());
        assertThat(KeyLists.of(Emission.keys(clip))).isEqualTo(KeyLists.published("clip_l_text_keys.json"));
        assertThat(Emission.blueprint(clip).parameters()).isEqualTo(123_060_480);
        assertThat(Emission.blueprint(new ClipTextArchitecture(ClipTextShape.openClipBigG()))
                        .parameters())
                .isEqualTo(694_659_840);
    }

    @Test
    void tellsTheManifestWhatItTakes() {
        ClipTextArchitecture clip = new ClipTextArchitecture(ClipTextShape.openClipBigG());
        assertThat(clip.longest()).hasValue(77);
        assertThat(clip.pooledWidth()).hasValue(1280);
        assertThat(clip.signature("text_encoder/model.onnx", new CaptionTokens("tokenizer/tokenizer.json", 77, 49407)))
                .isEqualTo(new ModelConditioning.TextEncoder(
                        "text_encoder/model.onnx",
                        "tokenizer/tokenizer.json",
                        77,
                        49407,
                        1280,
                        "input_ids",
                        Optional.empty(),
                        "last_hidden_state",
                        Optional.of("pooler_output")));
    }
}
