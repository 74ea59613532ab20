package dev.genfleet.importer.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.gentron.GentronArchitecture;
import dev.genfleet.importer.gentron.GentronFamily;
import dev.genfleet.importer.latte.LatteArchitecture;
import dev.genfleet.importer.latte.LatteFamily;
import dev.genfleet.importer.pixart.PixArtArchitecture;
import dev.genfleet.importer.pixart.PixArtFamily;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plain readings of text-conditioned denoisers against independent implementations, no graph between. */
class CaptionedReadingTest {

    private static final double ROUNDING = 5e-6;
    private static final String VIDEOS = "gentron_t2v_tiny/";

    @ParameterizedTest
    @CsvSource({"x, out", "x_rect, out_rect"})
    void pixArtEqualsTheReferenceForSquareAndRectangularPictures(String latents, String out) throws Exception {
        Checkpoint checkpoint = Numbers.checkpoint("pixart_tiny/diffusion_pytorch_model.safetensors");
        PixArtArchitecture pixart = new PixArtFamily().read(checkpoint, Numbers.json("pixart_tiny/config.json"));
        Golden io = Golden.open("pixart_tiny/io.safetensors");
        Map<String, PlainTensor> inputs = Map.of(
                "latents", Numbers.of(io.tensor(latents)),
                "timesteps", Numbers.of(io.tensor("t")),
                "encoder_hidden_states", Numbers.of(io.tensor("encoder_hidden_states")),
                "encoder_attention_mask", Numbers.of(io.tensor("encoder_attention_mask")));
        PlainTensor prediction = Numbers.read(pixart, checkpoint, inputs).get("prediction");
        assertThat(Numbers.distance(prediction, Numbers.of(io.tensor(out)))).isLessThan(ROUNDING);
    }

    @ParameterizedTest
    @CsvSource({"true, out", "false, out_no_temporal"})
    void latteEqualsTheReferenceWithAndWithoutTemporalBlocks(boolean temporal, String out) throws Exception {
        Checkpoint checkpoint = Numbers.checkpoint("latte_tiny/diffusion_pytorch_model.safetensors");
        ObjectNode config = (ObjectNode) Numbers.json("latte_tiny/config.json");
        config.put("enable_temporal_attentions", temporal);
        LatteArchitecture latte = new LatteFamily().read(checkpoint, config);
        Golden io = Golden.open("latte_tiny/io.safetensors");
        float[] everyToken = new float[10];
        Arrays.fill(everyToken, 1);
        Map<String, PlainTensor> inputs = Map.of(
                "latents", Numbers.of(io.tensor("x")),
                "timesteps", Numbers.of(io.tensor("t")),
                "encoder_hidden_states", Numbers.of(io.tensor("encoder_hidden_states")),
                "encoder_attention_mask", Numbers.of(new Tensor(everyToken, 2, 5)));
        PlainTensor prediction = Numbers.read(latte, checkpoint, inputs).get("prediction");
        assertThat(Numbers.distance(prediction, Numbers.of(io.tensor(out)))).isLessThan(ROUNDING);
    }

    @Test
    void gentronEqualsTheReferenceForImages() throws Exception {
        Golden io = Golden.open("gentron_t2i_tiny/io.safetensors");
        Map<String, PlainTensor> inputs = conditions(io);
        inputs.put("latents", Numbers.of(io.tensor("x")).reshaped(2, 4, 8, 8));
        PlainTensor prediction = Numbers.read(gentron("gentron_t2i_tiny/"), weights("gentron_t2i_tiny/"), inputs)
                .get("prediction");
        assertThat(Numbers.distance(
                        prediction, Numbers.of(io.tensor("out_motion")).reshaped(2, 8, 8, 8)))
                .isLessThan(ROUNDING);
    }

    @ParameterizedTest
    @CsvSource({"out_motion, 1, 1", "out_motion_free, 0, 0", "out_mixed, 1, 0"})
    void gentronEqualsTheReferenceForVideosWithAndWithoutMotionAndInMixedRows(String out, double first, double second)
            throws Exception {
        Golden io = Golden.open(VIDEOS + "io.safetensors");
        Map<String, PlainTensor> inputs = video(io);
        inputs.put("motion", new PlainTensor(new double[] {first, second}, 2));
        assertThat(Numbers.distance(predictVideo(gentron(VIDEOS), inputs), Numbers.of(io.tensor(out))))
                .isLessThan(ROUNDING);
    }

    @Test
    void gentronEqualsTheReferenceWithoutMotionWhereNoRowCanHaveAny() throws Exception {
        Golden io = Golden.open(VIDEOS + "io.safetensors");
        assertThat(Numbers.distance(
                        predictVideo(gentron(VIDEOS).motionless(), video(io)),
                        Numbers.of(io.tensor("out_motion_free"))))
                .isLessThan(ROUNDING);
    }

    @ParameterizedTest
    @CsvSource({"eps_cT_cM, 1, 1", "eps_0_cM, 0, 1", "eps_0_0, 0, 0"})
    void gentronEqualsTheReferenceInEveryBranchOfMotionFreeGuidance(String out, double text, double motion)
            throws Exception {
        Golden io = Golden.open(VIDEOS + "io.safetensors");
        Map<String, PlainTensor> inputs = video(io);
        for (String name : new String[] {"encoder_hidden_states", "encoder_hidden_states_2", "pooled_projections"}) {
            inputs.computeIfPresent(name, (key, value) -> value.map(x -> text * x));
        }
        inputs.put("motion", new PlainTensor(new double[] {motion, motion}, 2));
        PlainTensor prediction = predictVideo(gentron(VIDEOS), inputs);
        PlainTensor noise = prediction.permuted(0, 1, 3, 4, 2).chunk(0, 2).permuted(0, 1, 4, 2, 3);
        assertThat(Numbers.distance(noise, Numbers.of(io.tensor(out)))).isLessThan(ROUNDING);
    }

    private static PlainTensor predictVideo(GentronArchitecture gentron, Map<String, PlainTensor> inputs)
            throws Exception {
        return Numbers.exchanged(Numbers.read(gentron, weights(VIDEOS), inputs).get("prediction"));
    }

    private static GentronArchitecture gentron(String folder) throws Exception {
        return new GentronFamily().read(weights(folder), Numbers.json(folder + "config.json"));
    }

    private static Checkpoint weights(String folder) throws Exception {
        return Numbers.checkpoint(folder + "model.safetensors");
    }

    private static Map<String, PlainTensor> video(Golden io) throws Exception {
        Map<String, PlainTensor> inputs = conditions(io);
        inputs.put("latents", Numbers.exchanged(Numbers.of(io.tensor("x"))));
        return inputs;
    }

    private static Map<String, PlainTensor> conditions(Golden io) throws Exception {
        Map<String, PlainTensor> inputs = new HashMap<>();
        inputs.put("timesteps", Numbers.of(io.tensor("t")));
        inputs.put("encoder_hidden_states", Numbers.of(io.tensor("clip")));
        inputs.put("encoder_attention_mask", Numbers.of(io.tensor("clip_mask")));
        inputs.put("encoder_hidden_states_2", Numbers.of(io.tensor("t5")));
        inputs.put("encoder_attention_mask_2", Numbers.of(io.tensor("t5_mask")));
        inputs.put("pooled_projections", Numbers.of(io.tensor("pooled")));
        return inputs;
    }
}
