package dev.genfleet.importer.gentron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.family.Conditioned.Encoder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Text from one encoder, text through adaLN alone, rectangular latents, other numbers of frames, padding in both encoders and a
 * fractional timestep. The vectors were made with the golden weights by an implementation in PyTorch, written from the formulas,
 * which gives the golden outputs to 1.5e-6. Models of one encoder are made of the golden one by giving both blocks the same keys and
 * values.
 */
class GentronVariantsTest {

    private static final double ROUNDING = 1e-5;
    private static final String WIDTHS = "{\"heads\": 3, \"clip_dim\": 24, \"t5_dim\": 40}";

    @TempDir
    private Path folder;

    private Golden io;
    private Map<String, Tensor> images;

    @BeforeEach
    void open() throws Exception {
        io = Golden.open("gentron_variants.safetensors");
        images = TinyGentron.golden("gentron_t2i_tiny");
    }

    @Test
    void takesRectangularLatents() throws Exception {
        assertThat(predictImage(images, both()).distance(io.tensor("image_both")))
                .isLessThan(ROUNDING);
    }

    @Test
    void takesClipAlone() throws Exception {
        attendAlike("blocks.0", "blocks.1");
        assertThat(read(images).text().blocks()).containsOnly(Encoder.CLIP);
        assertThat(predictImage(images, text("clip")).distance(io.tensor("image_clip")))
                .isLessThan(ROUNDING);
    }

    @Test
    void takesT5Alone() throws Exception {
        attendAlike("blocks.1", "blocks.0");
        assertThat(read(images).text().blocks()).containsOnly(Encoder.T5);
        assertThat(predictImage(images, text("t5")).distance(io.tensor("image_t5")))
                .isLessThan(ROUNDING);
    }

    @Test
    void takesT5AloneWithoutAPooledVector() throws Exception {
        attendAlike("blocks.1", "blocks.0");
        images.keySet().removeIf(key -> key.startsWith("pooled_embedder"));
        Map<String, Tensor> inputs = TinyGentron.without(text("t5"), "pooled_projections");
        assertThat(predictImage(images, inputs).distance(io.tensor("image_t5_without_pooled")))
                .isLessThan(ROUNDING);
    }

    @Test
    void takesTextThroughAdaLnAlone() throws Exception {
        images.keySet().removeIf(key -> key.contains("cross_attn"));
        GentronArchitecture read = read(images);
        assertThat(read.text().blocks()).isEmpty();
        assertThat(read.text().pooled()).isEqualTo(OptionalInt.of(24));
        assertThat(read.signature("f").inputs())
                .containsExactlyInAnyOrder("latents", "timesteps", "encoder_hidden_states", "pooled_projections");
        Map<String, Tensor> inputs = TinyGentron.without(text("clip"), "encoder_attention_mask");
        assertThat(predictImage(images, inputs).distance(io.tensor("image_pooled_alone")))
                .isLessThan(ROUNDING);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void takesOtherNumbersOfFramesThanItWasTrainedFor(int frames) throws Exception {
        Map<String, Tensor> inputs = both();
        inputs.put("latents", io.tensor("video_" + frames));
        inputs.put("motion", io.tensor("motion"));
        assertThat(predict(TinyGentron.golden("gentron_t2v_tiny"), inputs)
                        .distance(io.tensor("video_" + frames + "_out")))
                .isLessThan(ROUNDING);
    }

    /** Beyond its table of positions it fails; it does not go on with wrong ones. */
    @Test
    void takesLatentsUpToTheLargestGridAndRefusesLargerOnes() throws Exception {
        int largest = 2 * GentronArchitecture.LARGEST_GRID;
        Map<String, Tensor> inputs = both();
        inputs.put("latents", new Tensor(new float[3 * 4 * 2 * largest], 3, 4, 2, largest));
        Checkpoint checkpoint = TinyGentron.checkpoint(folder, images);
        GentronArchitecture read = read(checkpoint);
        assertThat(read.sizes().largest()).isEqualTo(largest);
        try (OrtGraph graph = new OrtGraph(Emitted.graph(read, checkpoint))) {
            assertThat(graph.run(inputs).shape()).containsExactly(3, 8, 2, largest);
            inputs.put("latents", new Tensor(new float[3 * 4 * 2 * (largest + 2)], 3, 4, largest + 2, 2));
            assertThatThrownBy(() -> graph.run(inputs)).isInstanceOf(OrtException.class);
        }
    }

    @Test
    void refusesMoreFramesThanItHasPositionsFor() throws Exception {
        Map<String, Tensor> inputs = both();
        int most = GentronTemporal.MOST_FRAMES;
        inputs.put("motion", io.tensor("motion"));
        inputs.put("latents", new Tensor(new float[3 * 4 * 4 * most], 3, 4, most, 2, 2));
        Checkpoint checkpoint = TinyGentron.checkpoint(folder, TinyGentron.golden("gentron_t2v_tiny"));
        try (OrtGraph graph = new OrtGraph(Emitted.graph(read(checkpoint), checkpoint))) {
            assertThat(graph.run(inputs).shape()).containsExactly(3, 8, most, 2, 2);
            inputs.put("latents", new Tensor(new float[3 * 4 * 4 * (most + 1)], 3, 4, most + 1, 2, 2));
            assertThatThrownBy(() -> graph.run(inputs)).isInstanceOf(OrtException.class);
        }
    }

    private void attendAlike(String from, String to) {
        for (String key : List.of(".cross_attn.kv.weight", ".cross_attn.kv.bias")) {
            images.put(to + key, images.get(from + key));
        }
    }

    private Map<String, Tensor> text(String encoder) throws Exception {
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put("timesteps", io.tensor("t"));
        inputs.put("encoder_hidden_states", io.tensor(encoder));
        inputs.put("encoder_attention_mask", io.tensor(encoder + "_mask"));
        inputs.put("pooled_projections", io.tensor("pooled"));
        return inputs;
    }

    private Map<String, Tensor> both() throws Exception {
        Map<String, Tensor> inputs = text("clip");
        inputs.put("encoder_hidden_states_2", io.tensor("t5"));
        inputs.put("encoder_attention_mask_2", io.tensor("t5_mask"));
        return inputs;
    }

    private Tensor predictImage(Map<String, Tensor> weights, Map<String, Tensor> conditions) throws Exception {
        conditions.put("latents", io.tensor("image"));
        return predict(weights, conditions);
    }

    private Tensor predict(Map<String, Tensor> weights, Map<String, Tensor> inputs) throws Exception {
        Checkpoint checkpoint = TinyGentron.checkpoint(folder, weights);
        try (OrtGraph graph = new OrtGraph(Emitted.graph(read(checkpoint), checkpoint))) {
            return graph.run(inputs);
        }
    }

    private GentronArchitecture read(Map<String, Tensor> weights) throws Exception {
        return read(TinyGentron.checkpoint(folder, weights));
    }

    private static GentronArchitecture read(Checkpoint checkpoint) throws Exception {
        return new GentronFamily().read(checkpoint, new JsonMapper().readTree(WIDTHS));
    }
}
