package dev.genfleet.importer.gentron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.Golden;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The emitted graphs against an independent implementation of the conventions: one forward within 1e-5, the rounding of 32-bit sums.
 * The golden videos have frames before channels.
 */
class GentronGoldenTest {

    private static final String IMAGES = "gentron_t2i_tiny";
    private static final String VIDEOS = "gentron_t2v_tiny";
    private static final double ROUNDING = 1e-5;

    @TempDir
    private Path folder;

    @Test
    void predictsImagesAsTheReference() throws Exception {
        Golden io = Golden.open(IMAGES + "/io.safetensors");
        Map<String, Tensor> inputs = conditions(io);
        inputs.put("latents", Layout.shaped(io.tensor("x"), 2, 4, 8, 8));
        Tensor out = run(Emitted.golden(folder, IMAGES, UnaryOperator.identity()), inputs);
        assertThat(out.distance(Layout.shaped(io.tensor("out_motion"), 2, 8, 8, 8)))
                .isLessThan(ROUNDING);
    }

    @ParameterizedTest
    @CsvSource({"out_motion, 1, 1", "out_motion_free, 0, 0", "out_mixed, 1, 0"})
    void predictsVideosAsTheReferenceWithAndWithoutMotionAndInMixedRows(String golden, float first, float second)
            throws Exception {
        Golden io = Golden.open(VIDEOS + "/io.safetensors");
        Tensor out = run(
                Emitted.golden(folder, VIDEOS, UnaryOperator.identity()),
                video(io, new Tensor(new float[] {first, second}, 2)));
        assertThat(out.distance(Layout.exchanged(io.tensor(golden)))).isLessThan(ROUNDING);
    }

    @Test
    void givesTheBranchesOfMotionFreeGuidanceInOneForward() throws Exception {
        Golden io = Golden.open(VIDEOS + "/io.safetensors");
        Tensor moving = new Tensor(new float[] {1, 1}, 2);
        Map<String, Tensor> full = video(io, moving);
        Map<String, Tensor> wordless = withoutText(full);
        Map<String, Tensor> still = new HashMap<>(wordless);
        still.put("motion", moving.times(0));
        Map<String, Tensor> rows = new HashMap<>();
        full.forEach((name, value) ->
                rows.put(name, value.followedBy(wordless.get(name)).followedBy(still.get(name))));

        Tensor noise = noise(run(Emitted.golden(folder, VIDEOS, UnaryOperator.identity()), rows));
        Tensor textAndMotion = noise.rows(0, 2);
        Tensor motion = noise.rows(2, 4);
        Tensor neither = noise.rows(4, 6);
        assertThat(textAndMotion.distance(Layout.exchanged(io.tensor("eps_cT_cM"))))
                .isLessThan(ROUNDING);
        assertThat(motion.distance(Layout.exchanged(io.tensor("eps_0_cM")))).isLessThan(ROUNDING);
        assertThat(neither.distance(Layout.exchanged(io.tensor("eps_0_0")))).isLessThan(ROUNDING);

        float[] guided = new float[neither.values().length];
        for (int i = 0; i < guided.length; i++) {
            guided[i] = neither.values()[i]
                    + 7.5f * (textAndMotion.values()[i] - motion.values()[i])
                    + 1.2f * (motion.values()[i] - neither.values()[i]);
        }
        assertThat(new Tensor(guided, neither.shape()).distance(Layout.exchanged(io.tensor("mfg_7p5_1p2"))))
                .isLessThan(7.5 * ROUNDING);
    }

    @Test
    void theGraphWithoutMotionGivesTheReferencesMotionFreeNumbers() throws Exception {
        Golden io = Golden.open(VIDEOS + "/io.safetensors");
        Map<String, Tensor> inputs = video(io, new Tensor(new float[2], 2));
        inputs.remove("motion");
        Tensor out = run(Emitted.golden(folder, VIDEOS, GentronArchitecture::motionless), inputs);
        assertThat(out.distance(Layout.exchanged(io.tensor("out_motion_free")))).isLessThan(ROUNDING);
    }

    private static Tensor run(Path model, Map<String, Tensor> inputs) throws Exception {
        try (OrtGraph graph = new OrtGraph(model)) {
            return graph.run(inputs);
        }
    }

    private static Map<String, Tensor> video(Golden io, Tensor motion) throws Exception {
        Map<String, Tensor> inputs = conditions(io);
        inputs.put("latents", Layout.exchanged(io.tensor("x")));
        inputs.put("motion", motion);
        return inputs;
    }

    private static Map<String, Tensor> conditions(Golden io) throws Exception {
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put("timesteps", io.tensor("t"));
        inputs.put("encoder_hidden_states", io.tensor("clip"));
        inputs.put("encoder_attention_mask", io.tensor("clip_mask"));
        inputs.put("encoder_hidden_states_2", io.tensor("t5"));
        inputs.put("encoder_attention_mask_2", io.tensor("t5_mask"));
        inputs.put("pooled_projections", io.tensor("pooled"));
        return inputs;
    }

    /** Zeros for every vector of text; masks are kept. */
    private static Map<String, Tensor> withoutText(Map<String, Tensor> inputs) {
        Map<String, Tensor> wordless = new HashMap<>(inputs);
        for (String name : new String[] {"encoder_hidden_states", "encoder_hidden_states_2", "pooled_projections"}) {
            wordless.computeIfPresent(name, (key, value) -> value.times(0));
        }
        return wordless;
    }

    private static Tensor noise(Tensor prediction) {
        return Layout.firstOf(prediction, 4);
    }
}
