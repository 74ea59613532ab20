package dev.genfleet.engine.guidance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.genfleet.engine.golden.Golden;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.GuidanceSpec.Kind;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

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
