package dev.genfleet.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.genfleet.engine.golden.Golden;
import dev.genfleet.model.NoiseSchedule;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden: the official diffusion code's tables. */
final class RespacingTest {

    private static final NoiseSchedule PROCESS = new NoiseSchedule(1000, 1e-4, 0.02);

    @ParameterizedTest
    @ValueSource(strings = {"full", "250", "100", "50", "20", "10,20,30", "ddim20", "ddim50", "ddim100", "ddim250"})
    void tablesAreExact(String form) throws IOException {
        Golden golden = Golden.read("respacing_tables");
        int[] kept = Respacing.parse(1000, form.equals("full") ? "1000" : form);
        DiffusionTables tables = DiffusionTables.of(PROCESS, kept);

        assertThat(Arrays.stream(kept).asLongStream()).containsExactly(boxed(golden.longs(form + ".timestep_map")));
        assertThat(table(kept.length, tables::beta)).containsExactly(golden.doubles(form + ".betas"));
        assertThat(table(kept.length, tables::alphaCumprod)).containsExactly(golden.doubles(form + ".alphas_cumprod"));
        assertThat(table(kept.length, tables::posteriorMeanCoefficient1))
                .containsExactly(golden.doubles(form + ".posterior_mean_coef1"));
        assertThat(table(kept.length, tables::posteriorMeanCoefficient2))
                .containsExactly(golden.doubles(form + ".posterior_mean_coef2"));
        // Logarithms of two libraries differ in the last bit.
        assertThat(table(kept.length, tables::posteriorLogVarianceClipped))
                .containsExactly(golden.doubles(form + ".posterior_log_variance_clipped"), within(4e-15));
    }

    @Test
    void oneStepIsTheLast() {
        assertThat(Respacing.parse(1000, "1")).containsExactly(0);
    }

    @Test
    void refusesWhatCannotBeMet() {
        assertThatThrownBy(() -> Respacing.parse(1000, "1001"))
                .hasMessage("num_inference_steps is 1001, but must be between 1 and 1000");
        assertThatThrownBy(() -> Respacing.parse(1000, "ddim600"))
                .hasMessage("cannot take exactly 600 steps of 1000 with an integer stride");
    }

    private static double[] table(int steps, IntToDoubleFunction entry) {
        return IntStream.range(0, steps).mapToDouble(entry).toArray();
    }

    private static Long[] boxed(long[] values) {
        return Arrays.stream(values).boxed().toArray(Long[]::new);
    }
}
