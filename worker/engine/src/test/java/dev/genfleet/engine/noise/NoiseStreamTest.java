package dev.genfleet.engine.noise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.golden.Golden;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden: {@code torch.randn} of torch 2.13, CPU. Reached bit for bit, so the tolerance is none. */
final class NoiseStreamTest {

    static Stream<String> draws() throws IOException {
        List<String> names = Golden.read("torch_randn").names();
        return names.stream().filter(name -> name.endsWith(".first")).map(name -> name.replace(".first", ""));
    }

    @ParameterizedTest
    @MethodSource("draws")
    void equalsTorchBitForBit(String name) throws IOException {
        Golden golden = Golden.read("torch_randn");
        long seed = Long.parseLong(name.substring("seed".length(), name.indexOf('.')));
        float[] first = golden.floats(name + ".first");
        float[] second = golden.floats(name + ".second");
        float[] drawn = new float[first.length];

        NoiseStream stream = new NoiseStream(seed, first.length);
        stream.fill(0, drawn);
        assertThat(drawn).containsExactly(first);
        stream.fill(1, drawn);
        assertThat(drawn).containsExactly(second);
    }

    @Test
    void everyDrawIsReachedWithoutTheOnesBefore() {
        for (int elements : new int[] {1, 7, 15, 16, 17, 100, 1024}) {
            NoiseStream inOrder = new NoiseStream(5, elements);
            float[][] draws = new float[40][elements];
            for (int k = 0; k < draws.length; k++) {
                inOrder.fill(k, draws[k]);
            }
            NoiseStream jumping = new NoiseStream(5, elements);
            float[] drawn = new float[elements];
            for (int k : new int[] {39, 0, 17, 18, 3, 3}) {
                Arrays.fill(drawn, 0);
                jumping.fill(k, drawn);
                assertThat(drawn).as("draw %d of %d", k, elements).containsExactly(draws[k]);
            }
        }
    }
}
