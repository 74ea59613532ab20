package dev.genfleet.importer.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.dit.DitArchitecture;
import dev.genfleet.importer.dit.DitArithmetic;
import dev.genfleet.importer.dit.DitFamily;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plain reading against the official implementation's numbers, no graph between; what is left is the reference's rounding. */
class DitReadingTest {

    private static final double ROUNDING = 5e-6;
    private static final String OFFICIAL = "dit_tiny/model_facebook.safetensors";
    private static final String DIFFUSERS = "dit_tiny/diffusers/diffusion_pytorch_model.safetensors";

    @ParameterizedTest
    @CsvSource({"x, t, y, out", "x, t_frac, y, out_frac"})
    void equalsTheOfficialForward(String x, String t, String y, String out) throws Exception {
        Golden io = Golden.open("dit_tiny/io.safetensors");
        PlainTensor prediction = read(official(), Numbers.checkpoint(OFFICIAL), io, x, t, y);
        assertThat(Numbers.distance(prediction, Numbers.of(io.tensor(out)))).isLessThan(ROUNDING);
    }

    /** Unguided channels: the fourth of the noise and all of the variance, which the official guided forward leaves as they are. */
    @Test
    void equalsTheOfficialForwardOfGuidedRows() throws Exception {
        Golden io = Golden.open("dit_tiny/io.safetensors");
        PlainTensor doubled = Numbers.of(
                io.tensor("cfg_x").rows(0, 2).followedBy(io.tensor("cfg_x").rows(0, 2)));
        PlainTensor found = Numbers.read(
                        official(),
                        Numbers.checkpoint(OFFICIAL),
                        Map.of(
                                "latents", doubled,
                                "timesteps", Numbers.of(io.tensor("cfg_t")),
                                "class_labels", Numbers.of(io.tensor("cfg_y"))))
                .get("prediction");
        PlainTensor expected = Numbers.of(io.tensor("cfg_out_4.0"));
        for (int i = 0; i < found.values().length; i++) {
            if (i / 64 % 8 < 3) {
                found.values()[i] = expected.values()[i];
            }
        }
        assertThat(Numbers.distance(found, expected)).isLessThan(ROUNDING);
    }

    @Test
    void readsTheDiffusersLayoutWithEitherArithmetic() throws Exception {
        Checkpoint checkpoint = Numbers.checkpoint(DIFFUSERS);
        DitArchitecture dit = new DitFamily().read(checkpoint, Numbers.json("dit_tiny/diffusers/config.json"));
        Golden official = Golden.open("dit_tiny/io.safetensors");
        Golden own = Golden.open("dit_tiny/diffusers/io.safetensors");
        assertThat(Numbers.distance(read(dit, checkpoint, official, "x", "t", "y"), Numbers.of(official.tensor("out"))))
                .isLessThan(ROUNDING);
        assertThat(Numbers.distance(
                        read(dit.with(DitArithmetic.DIFFUSERS), checkpoint, own, "x", "t", "y"),
                        Numbers.of(own.tensor("out"))))
                .isLessThan(ROUNDING);
    }

    @ParameterizedTest
    @CsvSource({
        "adaln, '{\"num_heads\": 4}'",
        "cross_attention, '{\"num_heads\": 4, \"class_dropout_prob\": 0}'",
        "in_context, '{\"num_heads\": 4, \"num_classes\": 5}'"
    })
    void equalsThePapersOtherConditionings(String name, String config) throws Exception {
        Checkpoint checkpoint = Numbers.checkpoint("dit_variants/" + name + ".safetensors");
        DitArchitecture dit = new DitFamily().read(checkpoint, new JsonMapper().readTree(config));
        Golden io = Golden.open("dit_variants/" + name + "_io.safetensors");
        assertThat(Numbers.distance(read(dit, checkpoint, io, "x", "t", "y"), Numbers.of(io.tensor("out"))))
                .isLessThan(ROUNDING);
    }

    private static DitArchitecture official() throws Exception {
        return new DitFamily().read(Numbers.checkpoint(OFFICIAL), Numbers.json("dit_tiny/config.json"));
    }

    private static PlainTensor read(DitArchitecture dit, Checkpoint checkpoint, Golden io, String x, String t, String y)
            throws Exception {
        return Numbers.read(
                        dit,
                        checkpoint,
                        Map.of(
                                "latents", Numbers.of(io.tensor(x)),
                                "timesteps", Numbers.of(io.tensor(t)),
                                "class_labels", Numbers.of(io.tensor(y))))
                .get("prediction");
    }
}
