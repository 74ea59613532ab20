package dev.genfleet.importer.diffussm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.onnx.CheckpointWeights;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpectralConvolutionTest {

    private static final int PAIRS = 4;

    @TempDir
    private Path folder;

    /** Direct sums in 64-bit arithmetic; 1e-5 of sums over hundreds of numbers of size 1 is the rounding of 32 bits. */
    @ParameterizedTest
    @CsvSource({"1, 4", "2, 4", "7, 20", "9, 4", "15, 20", "16, 4", "60, 12", "63, 4", "127, 4", "210, 4", "256, 36"})
    void equalsDirectConvolutionBothWays(int length, int width) throws Exception {
        Map<String, Tensor> weights = stateSpaces(width);
        CheckpointWeights checkpoint = new CheckpointWeights(
                Safetensors.open(SafetensorsWriter.write(folder.resolve("model.safetensors"), weights, DataType.F32)));
        S4dParameters forward = S4dParameters.take(checkpoint, "fwd", width, PAIRS);
        S4dParameters backward = S4dParameters.take(checkpoint, "bwd", width, PAIRS);

        GraphBuilder graph = new GraphBuilder("convolution");
        Value signal = graph.input("signal", ElementType.FLOAT, List.of("batch", length, width));
        Stages stages = Stages.of(length);
        Value both = new SpectralConvolution(graph, stages, width)
                .apply(signal, new LayerSpectrum(stages, width, forward, backward), "layer");
        graph.output(
                graph.node("Reshape", List.of(both, graph.longs(-1, length, 2L * width))),
                "both",
                List.of("batch", length, 2 * width));

        Tensor input = random(2L, length, width);
        try (OrtGraph model = new OrtGraph(Emitted.write(folder, graph))) {
            float[] found = model.run(Map.of("signal", input)).values();
            S4dKernels[] kernels = {S4dKernels.read(forward), S4dKernels.read(backward)};
            for (int at = 0; at < found.length; at++) {
                int column = at % (2 * width);
                int t = at / (2 * width) % length;
                int from = at / (2 * width * length) * length * width;
                double expected = direct(kernels[column / width], input.values(), from, new Place(t, length, column));
                assertThat((double) found[at]).isCloseTo(expected, within(1e-5));
            }
        }
    }

    @Test
    void splitsALengthIntoStagesOfFewestMultiplications() {
        assertThat(Stages.of(1024)).isEqualTo(new Stages(16, 64));
        assertThat(Stages.of(4096)).isEqualTo(new Stages(32, 128));
        assertThat(Stages.of(13)).isEqualTo(new Stages(1, 13));
    }

    @Test
    void writesTheSameImaginaryPartWithAndWithoutTheRealOne() throws Exception {
        int width = 20;
        CheckpointWeights checkpoint = new CheckpointWeights(Safetensors.open(
                SafetensorsWriter.write(folder.resolve("model.safetensors"), stateSpaces(width), DataType.BF16)));
        LayerSpectrum spectrum = new LayerSpectrum(
                Stages.of(12),
                width,
                S4dParameters.take(checkpoint, "fwd", width, PAIRS),
                S4dParameters.take(checkpoint, "bwd", width, PAIRS));
        ByteBuffer alone = buffer(12 * width);
        spectrum.imaginary("imaginary").content().write(alone);
        spectrum.real("real").content().write(buffer(12 * width));
        ByteBuffer after = buffer(12 * width);
        spectrum.imaginary("imaginary").content().write(after);
        assertThat(after.rewind()).isEqualTo(alone.rewind());
    }

    private static double direct(S4dKernels kernels, float[] signal, int from, Place place) {
        int width = kernels.width();
        int channel = place.column % width;
        double[] kernel = kernels.kernel(channel, place.length);
        double sum = kernels.skip(channel) * signal[from + place.t * width + channel];
        for (int lag = 0; lag < place.length; lag++) {
            int source = place.column < width ? place.t - lag : place.t + lag;
            if (source >= 0 && source < place.length) {
                sum += kernel[lag] * signal[from + source * width + channel];
            }
        }
        return sum;
    }

    private static Map<String, Tensor> stateSpaces(int width) {
        Map<String, Tensor> all =
                RandomDiffussm.weights(new DiffussmShape(width, 1, 1, PAIRS, 4, 4, 1, 1, RandomDiffussm.CLASSES));
        Map<String, Tensor> weights = new TreeMap<>();
        all.forEach((key, tensor) -> {
            if (key.startsWith("blocks.0.ssm_")) {
                weights.put(key.substring("blocks.0.ssm_".length()), tensor);
            }
        });
        return weights;
    }

    private static Tensor random(long batch, int length, int width) {
        SplittableRandom random = new SplittableRandom(9);
        float[] values = new float[(int) batch * length * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Tensor(values, batch, length, width);
    }

    private static ByteBuffer buffer(int pairs) {
        return ByteBuffer.allocate(2 * pairs * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    private record Place(int t, int length, int column) {}
}
