package dev.genfleet.engine.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.genfleet.engine.golden.Golden;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.GuidanceSpec.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GuidanceTest {

    private static final int CELLS = 64;
    private static final int HALF = 2;

    /**
     * Golden: the official {@code forward_with_cfg} at scales 1, 1.5 and 4. Scale 1 shows the conditional branch, 1 and 1.5 give
     * the unconditional one; scale 4 must follow. The tolerance covers the rounding of that extrapolation.
     */
    @Test
    void threeChannelsEqualTheOfficialOnes() throws IOException {
        Golden golden = Golden.read("dit_tiny/io");
        Guidance guidance = Guidance.of(new GuidanceSpec(Kind.CFG_THREE_CHANNEL, 4), 4);
        for (int row = 0; row < HALF; row++) {
            float[] conditional = golden.row("cfg_out_1.0", 2 * HALF, row);
            float[] unconditional = conditional.clone();
            float[] oneAndHalf = golden.row("cfg_out_1.5", 2 * HALF, row);
            for (int i = 0; i < unconditional.length; i++) {
                unconditional[i] = 3 * conditional[i] - 2 * oneAndHalf[i];
            }
            float[] unguidedHalf = golden.row("cfg_out_1.0", 2 * HALF, row + HALF);
            System.arraycopy(unguidedHalf, 3 * CELLS, unconditional, 3 * CELLS, 5 * CELLS);

            guidance.combine(new float[][] {conditional, unconditional}, CELLS);

            assertThat(conditional).containsExactly(golden.row("cfg_out_4.0", 2 * HALF, row), within(1e-5f));
        }
    }

    /**
     * Golden: three predictions of a small GenTron and their sum at λT = 7.5 and λM = 1.2, by PyTorch. Their channels and frames
     * are in another order, which does not matter to a sum of equal places. The tolerance covers another order of rounding.
     */
    @Test
    void motionFreeGuidanceEqualsTheReference() throws IOException {
        Golden golden = Golden.read("gentron_t2v_tiny/guidance");
        Guidance guidance = Guidance.of(GuidanceSpec.motionFree(7.5, 1.2), 4);
        assertThat(guidance.branches()).containsExactly(Branch.CONDITIONAL, Branch.UNCONDITIONAL, Branch.MOTION_FREE);
        for (int row = 0; row < HALF; row++) {
            float[] guided = golden.row("eps_cT_cM", HALF, row);
            float[] others = golden.row("eps_0_cM", HALF, row);
            guidance.combine(new float[][] {guided, others, golden.row("eps_0_0", HALF, row)}, 4 * CELLS);
            assertThat(guided).containsExactly(golden.row("mfg_7p5_1p2", HALF, row), within(1e-5f));
        }
    }

    /** The same sum with fewer rows wherever one of its three factors is zero. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "7.5, 1, 2", "2.5, 2.5, 2", "0, 0, 2", "1, 1.2, 3", "0, 1.2, 3", "7.5, 1.2, 3", "7.5, 0, 3"})
    void motionFreeGuidanceComputesNoNeedlessRow(float text, float motion, int rows) {
        Map<Branch, Float> predicted =
                Map.of(Branch.CONDITIONAL, 0.7f, Branch.UNCONDITIONAL, -0.4f, Branch.MOTION_FREE, 0.25f);
        Guidance guidance = Guidance.of(GuidanceSpec.motionFree(text, motion), 1);
        assertThat(guidance.branches()).hasSize(rows).startsWith(Branch.CONDITIONAL);
        float[][] predictions = guidance.branches().stream()
                .map(branch -> new float[] {predicted.get(branch), 9})
                .toArray(float[][]::new);

        guidance.combine(predictions, 1);

        float whole = 0.25f + text * (0.7f + 0.4f) + motion * (-0.4f - 0.25f);
        assertThat(predictions[0][0]).isCloseTo(whole, within(1e-6f));
        assertThat(predictions[0][1]).as("learned variance").isEqualTo(9);
    }

    @Test
    void allChannelsLeaveTheVarianceAlone() {
        float[] conditional = {1, 2, 3, 4};
        Guidance.of(new GuidanceSpec(Kind.CFG, 3), 2).combine(new float[][] {conditional, {0, 1, 9, 9}}, 1);
        assertThat(conditional).containsExactly(3, 4, 3, 4);
    }

    @Test
    void needlessRowsAreNotComputed() {
        assertThat(Guidance.of(new GuidanceSpec(Kind.NONE, 4), 4).branches()).containsExactly(Branch.CONDITIONAL);
        assertThat(Guidance.of(new GuidanceSpec(Kind.CFG, 1), 4).branches()).containsExactly(Branch.CONDITIONAL);
        for (Kind kind : Arrays.asList(Kind.CFG, Kind.CFG_THREE_CHANNEL)) {
            assertThat(Guidance.of(new GuidanceSpec(kind, 4), 4).branches())
                    .containsExactly(Branch.CONDITIONAL, Branch.UNCONDITIONAL);
        }
    }
}
