package dev.genfleet.importer.diffussm;

import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.onnx.CheckpointWeights;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Value;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Measures one layer of a DiffuSSM with random weights in ONNX Runtime: the long convolution of both directions by itself, and the
 * whole layer as the difference of networks of two blocks and of one, batch 1; and how long its spectra take to compute. With one
 * thread the figures are processor time, which other programs on the machine hardly change.
 *
 * <p>Set {@code ORT_DISABLE_TELEMETRY=1}, or start with a short command line: ONNX Runtime 1.29 crashes on long ones.
 *
 * <p>Arguments: a folder that is empty, hidden size, cells along a side, threads, rounds.
 */
final class DiffussmBenchmark {

    private static final PrintStream OUT = System.out;
    private static final int WARM_UP = 3;
    private static final int PAIRS = 32;

    private final Path folder;
    private final int width;
    private final int side;
    private final int threads;
    private final int rounds;

    private DiffussmBenchmark(String[] arguments) {
        folder = Path.of(arguments[0]);
        width = Integer.parseInt(arguments[1]);
        side = Integer.parseInt(arguments[2]);
        threads = Integer.parseInt(arguments[3]);
        rounds = Integer.parseInt(arguments[4]);
    }

    public static void main(String[] arguments) throws Exception {
        DiffussmBenchmark benchmark = new DiffussmBenchmark(arguments);
        double[] one = benchmark.network(1);
        double[] two = benchmark.network(2);
        double[] convolution = benchmark.convolution();
        OUT.printf(
                "width %d, length %d, %d threads: convolution min %.1f ms, median %.1f ms; layer min %.1f ms, median %.1f ms%n",
                benchmark.width,
                benchmark.side * benchmark.side,
                benchmark.threads,
                quantile(convolution, 0),
                quantile(convolution, 0.5),
                quantile(two, 0) - quantile(one, 0),
                quantile(two, 0.5) - quantile(one, 0.5));
    }

    private DiffussmShape shape(int depth) {
        return new DiffussmShape(width, depth, 2, PAIRS, 4, 8, side, side, RandomDiffussm.CLASSES);
    }

    private double[] network(int depth) throws Exception {
        Path place = Files.createDirectories(folder.resolve("depth-" + depth));
        DiffussmShape shape = shape(depth);
        return measure(
                RandomDiffussm.emit(place, shape, RandomDiffussm.weights(shape)), RandomDiffussm.inputs(shape, 1));
    }

    private double[] convolution() throws Exception {
        Path place = Files.createDirectories(folder.resolve("convolution"));
        CheckpointWeights weights = new CheckpointWeights(Safetensors.open(SafetensorsWriter.write(
                place.resolve("model.safetensors"), RandomDiffussm.weights(shape(1)), DataType.F32)));
        int length = side * side;
        Stages stages = Stages.of(length);
        LayerSpectrum spectrum = new LayerSpectrum(
                stages,
                width,
                S4dParameters.take(weights, "blocks.0.ssm_fwd", width, PAIRS),
                S4dParameters.take(weights, "blocks.0.ssm_bwd", width, PAIRS));
        GraphBuilder graph = new GraphBuilder("convolution");
        Value signal = graph.input("signal", ElementType.FLOAT, List.of("batch", length, width));
        Value both = new SpectralConvolution(graph, stages, width).apply(signal, spectrum, "layer");
        graph.output(both, "both", List.of("batch", stages.outer(), 2 * stages.inner() * width));
        long begun = System.nanoTime();
        Path model = Emitted.write(place, graph);
        OUT.printf("spectra of one layer in %.0f ms, %s%n", (System.nanoTime() - begun) / 1e6, stages);
        return measure(model, Map.of("signal", new Tensor(new float[length * width], 1, length, width)));
    }

    private double[] measure(Path model, Map<String, Tensor> inputs) throws Exception {
        double[] milliseconds = new double[rounds];
        try (OrtGraph graph = new OrtGraph(model, threads)) {
            for (int round = -WARM_UP; round < rounds; round++) {
                long begun = now();
                graph.run(inputs);
                if (round >= 0) {
                    milliseconds[round] = (now() - begun) / 1e6;
                }
            }
        }
        return milliseconds;
    }

    private long now() {
        return threads == 1 ? ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() : System.nanoTime();
    }

    private static double quantile(double[] values, double part) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) (part * (sorted.length - 1))];
    }
}
