package dev.genfleet.importer.plain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.Golden;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.diffussm.DiffussmArchitecture;
import dev.genfleet.importer.diffussm.DiffussmFamily;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plain reading, whose state spaces run step by step, against a reference that convolves; no graph between. */
class DiffussmReadingTest {

    private static final double ROUNDING = 5e-6;
    private static final String WEIGHTS = "diffussm_tiny/model.safetensors";
    private static final int SIDE = 8;

    @Test
    void equalsTheReferenceForward() throws Exception {
        Checkpoint checkpoint = Numbers.checkpoint(WEIGHTS);
        DiffussmArchitecture diffussm = new DiffussmFamily()
                .read(checkpoint, Numbers.json("diffussm_tiny/config.json"))
                .at(SIDE, SIDE);
        Golden io = Golden.open("diffussm_tiny/io.safetensors");
        PlainTensor prediction = Numbers.read(
                        diffussm,
                        checkpoint,
                        Map.of(
                                "latents", Numbers.of(io.tensor("x")),
                                "timesteps", Numbers.of(io.tensor("t")),
                                "class_labels", Numbers.of(io.tensor("y"))))
                .get("prediction");
        assertThat(Numbers.distance(prediction, Numbers.of(io.tensor("out")))).isLessThan(ROUNDING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fwd", "bwd"})
    void statesRunAsTheReferenceConvolves(String direction) throws Exception {
        StateSpace states = states(direction);
        Golden io = Golden.open("diffussm_tiny/io.safetensors");
        PlainTensor cells = Numbers.of(io.tensor("u")).permuted(0, 2, 1);
        PlainTensor found = direction.equals("fwd") ? states.forwards(cells) : states.backwards(cells);
        assertThat(Numbers.distance(found.permuted(0, 2, 1), Numbers.of(io.tensor("s4d_" + direction + "_b0"))))
                .isLessThan(ROUNDING);
    }

    /** What a single one at the start becomes is the kernel, after what is skipped to the output. */
    @ParameterizedTest
    @ValueSource(strings = {"fwd", "bwd"})
    void answersAnImpulseWithTheReferenceKernel(String direction) throws Exception {
        PlainTensor kernels =
                Numbers.of(Golden.open("diffussm_tiny/io.safetensors").tensor("kernel_" + direction + "_b0"));
        int channels = kernels.side(0);
        PlainTensor impulse = PlainTensor.zeros(1, kernels.side(1), channels);
        for (int channel = 0; channel < channels; channel++) {
            impulse.values()[channel] = 1;
        }
        PlainTensor answer = states(direction).forwards(impulse);
        double[] skip = weights().tensor("blocks.0.ssm_" + direction + ".D").values();
        for (int channel = 0; channel < channels; channel++) {
            answer.values()[channel] -= skip[channel];
        }
        assertThat(Numbers.distance(answer.permuted(0, 2, 1).reshaped(channels, kernels.side(1)), kernels))
                .isLessThan(1e-6);
    }

    private static StateSpace states(String direction) throws Exception {
        return StateSpace.read(weights(), "blocks.0.ssm_" + direction);
    }

    private static PlainWeights weights() throws Exception {
        return new PlainWeights(Numbers.checkpoint(WEIGHTS));
    }
}
