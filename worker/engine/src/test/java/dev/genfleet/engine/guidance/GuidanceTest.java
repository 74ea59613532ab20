package dev.genfleet.engine.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.genfleet.engine.golden.Golden;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.GuidanceSpec.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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

    /**
     * Golden: diffusers' rescaling at φ = 0.7 of predictions guided with scale 7.5. The tolerance covers single precision, in which
     * the reference computes all of it.
     */
    @Test
    void rescaledGuidanceEqualsTheReference() throws IOException {
        Golden golden = Golden.read("guidance_rescale");
        Guidance plain = Guidance.of(new GuidanceSpec(Kind.CFG, 7.5), 4);
        Guidance rescaled = Guidance.of(rescaled(Kind.CFG, 7.5, 0.7), 4);
        assertThat(rescaled.branches()).isEqualTo(plain.branches());
        for (int row = 0; row < HALF; row++) {
            float[] guided = golden.row("cond", HALF, row);
            plain.combine(new float[][] {guided, golden.row("uncond", HALF, row)}, CELLS);
            assertThat(guided).containsExactly(golden.row("cfg", HALF, row), within(1e-5f));

            float[] brought = golden.row("cond", HALF, row);
            rescaled.combine(new float[][] {brought, golden.row("uncond", HALF, row)}, CELLS);
            assertThat(brought).containsExactly(golden.row("rescaled_0p7", HALF, row), within(1e-5f));
        }
    }

    @Test
    void rescalingByOneGivesTheConditionalDeviation() {
        float[] guided = {1, 2, 3, 6, 9, 9};
        Guidance.of(rescaled(Kind.CFG, 5, 1), 2).combine(new float[][] {guided, {2, 1, 2, 1, 0, 0}}, 2);
        assertThat(deviation(guided, 4)).isCloseTo(deviation(new float[] {1, 2, 3, 6}, 4), within(1e-6));
        assertThat(guided).as("learned variance").endsWith(9, 9);
    }

    @Test
    void onlyTheGuidedChannelsAreRescaledAndMeasured() {
        float[] guided = {1, 2, 3, 1000};
        Guidance.of(rescaled(Kind.CFG_THREE_CHANNEL, 5, 1), 4).combine(new float[][] {guided, {2, 1, 2, -1000}}, 1);
        assertThat(deviation(guided, 3)).isCloseTo(1, within(1e-6));
        assertThat(guided[3]).isEqualTo(1000);
    }

    @Test
    void rescalingGoesWithMotionFreeGuidance() {
        GuidanceSpec spec =
                new GuidanceSpec(Kind.MOTION_FREE, 7.5, Optional.of(1.2), Optional.of(1.0), Optional.empty());
        Guidance guidance = Guidance.of(spec, 1);
        float[] guided = {1, 2, 3};
        guidance.combine(new float[][] {guided, {2, 1, 2}, {0, 5, 1}}, 3);
        assertThat(guidance.branches()).hasSize(3);
        assertThat(deviation(guided, 3)).isCloseTo(1, within(1e-6));
    }

    @Test
    void rescalingByNothingIsPlainGuidance() {
        for (GuidanceSpec spec : List.of(new GuidanceSpec(Kind.CFG, 4), GuidanceSpec.motionFree(7.5, 1.2))) {
            GuidanceSpec zero =
                    new GuidanceSpec(spec.kind(), spec.scale(), spec.motionScale(), Optional.of(0.0), Optional.empty());
            assertThat(Guidance.of(zero, 4)).isEqualTo(Guidance.of(spec, 4));
        }
        assertThat(Guidance.of(rescaled(Kind.CFG, 1, 0.7), 4)).isEqualTo(Guidance.none());
    }

    @Test
    void whatHasNoDeviationStaysAsItIs() {
        float[] flat = {1, 1};
        Guidance.of(rescaled(Kind.CFG, 3, 0.7), 1).combine(new float[][] {flat, {0, 0}}, 2);
        assertThat(flat).containsExactly(3, 3);
        float[] single = {1};
        Guidance.of(rescaled(Kind.CFG, 3, 0.7), 1).combine(new float[][] {single, {0}}, 1);
        assertThat(single).containsExactly(3);
    }

    private static GuidanceSpec rescaled(Kind kind, double scale, double rescale) {
        return new GuidanceSpec(kind, scale, Optional.empty(), Optional.of(rescale), Optional.empty());
    }

    private static double deviation(float[] values, int count) {
        double mean =
                IntStream.range(0, count).mapToDouble(i -> values[i]).average().orElseThrow();
        double squares = IntStream.range(0, count)
                .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
                .sum();
        return Math.sqrt(squares / (count - 1));
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
